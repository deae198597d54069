import { authenticate, type Enrollment, firstSeen, NOWHERE, periodEnded } from '@edict/core'
import type { Authenticate, EnrollmentIdentity } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import { originOf } from '../enroll/terms.ts'
import { asItWasExpected, expectationOf } from '../identity/as-it-was-expected.ts'
import { bindGrant } from '../identity/bind-grant.ts'
import { pinDevice } from '../identity/pin-device.ts'
import type { Proven } from '../identity/proven.ts'
import type { Services } from '../services.ts'
import { type Moving, placeChannels } from './place-channels.ts'

/**
 * A device begins a new enrollment period; what belonged to the last one is cleared, for its user channels too. Its certificate is
 * pinned before anything else is done, and the access token is bound to it where that was issued for an account.
 *
 * @param proven null where devices are believed without a proof
 */
export async function authenticateDevice(
  who: EnrollmentIdentity,
  message: Authenticate,
  proven: Proven | null,
  { store, now, reach }: Pick<Services, 'store' | 'now' | 'reach'>,
): Promise<void> {
  if (who.channel !== 'device') {
    throw new DeviceError('message-misplaced', 'Cannot authenticate a user channel: only devices send Authenticate', {
      found: who.id,
    })
  }
  await store.transaction(async (tx) => {
    await tx.lockRevision('share')
    const ids = (await tx.channelsOf(who.id)).map(({ enrollment }) => enrollment.id)
    const channels = await tx.lock([...new Set([who.id, ...ids])])
    const pinned = proven === null ? 'new' : await pinDevice(tx, who, proven, now())
    const account = proven === null ? undefined : (await tx.pin(proven.certificate.fingerprint))?.account
    if (account !== undefined) await bindGrant(tx, who, { account, token: proven?.token ?? null }, now())
    const expected = await expectationOf(tx, who, message)
    const before = channels.find(({ enrollment }) => enrollment.id === who.id)
    const begun = {
      ...authenticate(who, message, before?.enrollment, {
        ...originOf(known(before?.enrollment, pinned, proven, now()), pinned, reach.url()),
        ...(account === undefined ? {} : { account }),
      }),
      ...NOWHERE,
      since: before?.enrollment.since ?? 0,
    }
    const device = asItWasExpected(begun, expected, now())
    const users = channels.filter(({ enrollment }) => enrollment.channel === 'user')
    const moving: Moving[] = [
      { before, after: device },
      ...users.map((user) => ({ before: user, after: periodEnded(user.enrollment, device) })),
    ]
    await tx.forget(channels.map(({ enrollment }) => enrollment.id))
    await placeChannels(tx, moving, now())
  })
}

/** What was known of the device; of an imported one that is heard of for the first time, that it is. */
function known(
  before: Enrollment | undefined,
  pinned: Awaited<ReturnType<typeof pinDevice>>,
  proven: Proven | null,
  at: number,
): Enrollment | undefined {
  if (before === undefined || proven === null || pinned !== 'imported') return before
  return firstSeen(before, proven.certificate.notAfter, at)
}
