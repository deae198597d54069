import { type EnrollmentIdentity, enrollmentIdentity, type IdentityKeys } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import type { Services } from '../services.ts'
import { bindGrant } from './bind-grant.ts'
import { issuedTo, pinDevice } from './pin-device.ts'
import { pinImported } from './pin-imported.ts'
import type { Proven } from './proven.ts'
import { refuseForeign } from './refuse-foreign.ts'
import { requireSignIn } from './require-sign-in.ts'

type Uses = Pick<Services, 'store' | 'now'>

/** The channel that speaks. */
interface Speaker {
  readonly who: EnrollmentIdentity
  /** Whether its certificate is the one that is to follow the present one. */
  readonly renewing: boolean
}

/**
 * Decides whether the holder of a certificate is the channel that a message claims to come from: the certificate has to be pinned
 * to its device; user channels have none of their own. A renewed certificate may come without an `Authenticate`, and so does that of
 * an imported device. Which one may come with an `Authenticate` (`begins`) is decided where it is pinned. A device that was enrolled by
 * an account has to show an access token of it too, but to say that it leaves: then it understands no 401.
 *
 * @throws DeviceError `identity-revoked`, `identity-mismatch`, `identity-unpinned`, `sign-in-required`
 * @throws ProtocolError when the identity keys do not belong together
 */
export async function believe(
  keys: IdentityKeys,
  { begins, leaves }: { readonly begins: boolean; readonly leaves: boolean },
  proven: Proven | null,
  services: Uses,
): Promise<Speaker> {
  const who = enrollmentIdentity(keys)
  if (proven === null) return { who, renewing: false }
  const pin = await services.store.read.pin(proven.certificate.fingerprint)
  if (pin !== undefined) refuseForeign(pin, who)
  if (pin?.account !== undefined && !leaves) await requireSignIn(who, pin.account, proven.token, services)
  if (begins) return { who, renewing: false }
  if (pin === undefined && (await pinImported(who, proven, services))) return { who, renewing: false }
  if (pin === undefined) await pinRenewed(who, proven, services)
  return { who, renewing: pin?.state !== 'current' }
}

/** Pins a certificate that was issued for a device which has one, if it comes with what the device has to show beside it. */
async function pinRenewed(who: EnrollmentIdentity, proven: Proven, { store, now }: Uses): Promise<void> {
  if ((await issuedTo(store.read, proven.certificate.fingerprint, who)) === null) throw unpinned(who)
  await store.transaction(async (tx) => {
    await tx.lock([who.device])
    const pins = await tx.pinsOf(who.device)
    if (!pins.some(({ state }) => state === 'current')) throw unpinned(who)
    await pinDevice(tx, who, proven, now())
    const account = (await tx.pin(proven.certificate.fingerprint))?.account
    if (account !== undefined) await bindGrant(tx, who, { account, token: proven.token }, now())
  })
}

function unpinned(who: EnrollmentIdentity): DeviceError {
  return new DeviceError(
    'identity-unpinned',
    `Cannot believe this device: its certificate is not that of ${who.device}`,
    { found: who.id, expected: 'an Authenticate with this certificate before' },
  )
}
