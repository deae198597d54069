import { asExpected, type Unplaced } from '@edict/core'
import type { Authenticate, EnrollmentIdentity } from '@edict/protocol'
import type { ExpectedDevice, Transaction } from '@edict/store'
import { DeviceError } from '../device/device-error.ts'
import { serialOf } from '../operations/expect-devices.ts'

/** How long after it was given its profile a device counts as enrolling by it, in milliseconds. */
const RECENT = 24 * 3_600_000

/**
 * Holds an `Authenticate` against what the device showed when it got a profile by itself, signed by its own key: a UDID and a serial
 * number that were shown together stay together.
 *
 * @returns what was expected of it; undefined for a device that never asked
 * @throws DeviceError `identity-mismatch`
 */
export async function expectationOf(
  tx: Pick<Transaction, 'expectedDevice'>,
  who: EnrollmentIdentity,
  { SerialNumber }: Pick<Authenticate, 'SerialNumber'>,
): Promise<ExpectedDevice | undefined> {
  const said = SerialNumber === undefined ? null : serialOf(SerialNumber)
  const shown = await tx.expectedDevice({ device: who.device })
  if (shown !== undefined && shown.serial !== said) throw foreign(who, said)
  const holder = said === null ? undefined : await tx.expectedDevice({ serial: said })
  if (holder !== undefined && holder.device !== null && holder.device !== who.device) throw foreign(who, said)
  return shown
}

/** A device that begins to enroll by the profile it was given as expected is what it was expected to be. */
export function asItWasExpected<E extends Unplaced>(device: E, expected: ExpectedDevice | undefined, now: number): E {
  if (expected === undefined || expected.givenAt === null || now - expected.givenAt > RECENT) return device
  return asExpected(device, expected)
}

/** Whose serial number it is stays untold. */
function foreign(who: EnrollmentIdentity, found: string | null): DeviceError {
  return new DeviceError(
    'identity-mismatch',
    `Cannot believe ${who.device}: its serial number is not the one that it, or another device, showed before`,
    { found: found ?? undefined, expected: 'the serial number of its MachineInfo' },
  )
}
