import type { EnrollmentIdentity } from '@edict/protocol'
import type { StoredCertificate, Transaction } from '@edict/store'
import { DeviceError } from '../device/device-error.ts'
import { certificateChanged } from './certificate-changed.ts'
import { mustFit, pinAwaited, refuseAwaited } from './pin-imported.ts'
import type { Proven } from './proven.ts'
import { mismatch, refuseForeign, refuseRevoked } from './refuse-foreign.ts'
import { SUPERSEDED } from './succeed.ts'

/**
 * Ties the certificate of an `Authenticate` to its device, in the transaction of the message. A device that has a certificate keeps
 * it: another one is taken beside it, until its first use, only when it was issued for this very device. Of several who try to be the
 * same new device at once, one is taken. An imported device that has not been heard of is as one that has a certificate.
 *
 * @returns what the certificate is to the device: the one it has, one that follows it, the one that it was imported with, or a new one
 * @throws DeviceError `identity-mismatch`, `identity-revoked`, `identity-taken`
 */
export async function pinDevice(
  tx: Transaction,
  who: EnrollmentIdentity,
  { certificate }: Proven,
  at: number,
): Promise<'known' | 'next' | 'imported' | 'new'> {
  const { fingerprint, notAfter } = certificate
  const known = await tx.pin(fingerprint)
  if (known !== undefined) {
    refuseForeign(known, who)
    return 'known'
  }
  const issuedFor = await issuedTo(tx, fingerprint, who)
  await refuseAwaited(tx, fingerprint, who)
  const awaited = await tx.awaited(who)
  if (awaited !== undefined && issuedFor !== who.device) {
    if (awaited.certificate !== null && awaited.certificate !== fingerprint) throw taken(who)
    await mustFit(tx, awaited, certificate, who)
    await pinAwaited(tx, awaited, certificate, who, at)
    return 'imported'
  }
  const pins = await tx.pinsOf(who.device)
  const renews = pins.some(({ state }) => state === 'current')
  if (renews && issuedFor !== who.device) throw taken(who)
  const earlier = pins.filter(({ state }) => state === 'next').map((pin) => pin.fingerprint)
  await tx.revokePins(earlier, { at, why: SUPERSEDED })
  const state = renews ? 'next' : 'current'
  const pin = {
    fingerprint,
    enrollment: who.device,
    state,
    pinnedAt: at,
    notAfter,
    revokedAt: null,
    why: null,
    ...accountOf(await tx.certificate(fingerprint)),
  } as const
  if (!(await tx.addPin(pin))) throw (await tx.pin(fingerprint)) === undefined ? taken(who) : mismatch(who)
  await tx.endAwaited([who.device])
  await tx.addEvents([certificateChanged(who.device, at)])
  return renews ? 'next' : 'new'
}

function accountOf(issued: StoredCertificate | undefined): Pick<StoredCertificate, 'account'> {
  return issued?.account === undefined ? {} : { account: issued.account }
}

/** For which device our own authority issued a certificate; null when for none in particular, or when another one issued it. */
export async function issuedTo(
  reads: Pick<Transaction, 'certificate'>,
  fingerprint: string,
  who: EnrollmentIdentity,
): Promise<string | null> {
  const issued = await reads.certificate(fingerprint)
  if (issued === undefined) return null
  refuseRevoked(issued.revoked !== null, who)
  if (issued.enrollment !== null && issued.enrollment !== who.device) throw mismatch(who)
  return issued.enrollment
}

function taken(who: EnrollmentIdentity): DeviceError {
  return new DeviceError('identity-taken', `Cannot enroll ${who.device}: it has another certificate`, {
    found: who.id,
    expected: 'the certificate that it enrolled with, a renewal of it, or that the old one is revoked first',
  })
}
