import { firstSeen } from '@edict/core'
import type { Certificate } from '@edict/pki'
import type { EnrollmentIdentity } from '@edict/protocol'
import type { AwaitedDevice, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { certificateChanged } from './certificate-changed.ts'
import { namesIn } from './names-in.ts'
import type { Proven } from './proven.ts'
import { mismatch, refuseForeign } from './refuse-foreign.ts'

/**
 * Ties the certificate of an imported device's first message to it: the one that was imported with it, or, where the operator
 * accepted that, the first of another authority that is nobody else's. Once, also for two who come at once.
 *
 * @returns whether such a device is awaited
 * @throws DeviceError `identity-mismatch`, `identity-revoked`
 */
export async function pinImported(
  who: EnrollmentIdentity,
  { certificate }: Proven,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<boolean> {
  if ((await store.read.awaited(who)) === undefined) return false
  return store.transaction(async (tx) => {
    const [device] = await tx.lock([who.device])
    const awaited = await tx.awaited(who)
    if (awaited === undefined || device === undefined) {
      const pin = await tx.pin(certificate.fingerprint)
      if (pin !== undefined) refuseForeign(pin, who)
      return pin !== undefined
    }
    await mustFit(tx, awaited, certificate, who)
    const at = now()
    await pinAwaited(tx, awaited, certificate, who, at)
    await tx.saveEnrollments([firstSeen(device.enrollment, certificate.notAfter, at)])
    return true
  })
}

/**
 * Whether a certificate may speak for a device that is awaited.
 *
 * @throws DeviceError `identity-mismatch`
 */
export async function mustFit(
  tx: Transaction,
  awaited: AwaitedDevice,
  certificate: Certificate,
  who: EnrollmentIdentity,
): Promise<void> {
  await refuseAwaited(tx, certificate.fingerprint, who)
  if (awaited.certificate !== null) {
    if (awaited.certificate !== certificate.fingerprint) throw mismatch(who)
    return
  }
  // What this server issued is no certificate of the other server's devices.
  if ((await tx.certificate(certificate.fingerprint)) !== undefined) throw mismatch(who)
  const names = namesIn(certificate)
  const named = [...(await tx.existing(names)), ...(await tx.awaitedAmong(names))]
  if (named.some((id) => id !== who.device)) throw mismatch(who)
}

/** Refuses a certificate that another device is awaited with. @throws DeviceError `identity-mismatch` */
export async function refuseAwaited(tx: Transaction, fingerprint: string, who: EnrollmentIdentity): Promise<void> {
  const other = await tx.awaited({ certificate: fingerprint })
  if (other !== undefined && other.device !== who.device) throw mismatch(who)
}

/** Pins it, awaits the device no more, and notes by what it was believed. @throws DeviceError `identity-mismatch` */
export async function pinAwaited(
  tx: Transaction,
  { device, certificate: expected }: AwaitedDevice,
  { fingerprint, notAfter }: Certificate,
  who: EnrollmentIdentity,
  at: number,
): Promise<void> {
  await tx.endAwaited([device])
  const pin = { fingerprint, enrollment: device, state: 'current', pinnedAt: at, notAfter } as const
  if (!(await tx.addPin({ ...pin, revokedAt: null, why: null }))) throw mismatch(who)
  await tx.addEvents([certificateChanged(device, at)])
  await tx.addAudit({
    at,
    actor: 'device',
    action: 'pinned',
    target: `enrollments/${device}`,
    revision: 0,
    detail: { certificate: fingerprint, by: expected === null ? 'first-contact' : 'certificateHash' },
  })
}
