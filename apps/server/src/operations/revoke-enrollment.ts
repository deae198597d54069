import { endPins } from '../identity/end-pins.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'
import { mustBeKnown } from './must-be-enrolled.ts'

/**
 * Lets no certificate speak for a device any more: neither one that it used, nor one that was issued for it, nor one that it was
 * given the right to. It may enroll again with another. Of a user channel it is the device's.
 *
 * @throws Refused `enrollment-missing`
 */
export async function revokeEnrollment(
  id: string,
  why: string,
  write: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<{ readonly enrollment: string; readonly certificates: number }> {
  return store.transaction(async (tx) => {
    const { device } = (await mustBeKnown(tx, id)).enrollment
    await tx.lock([device])
    const at = now()
    const certificates = await endPins(tx, device, { at, why })
    await tx.revokeCertificates(device, { at, why })
    await tx.revokeGrants({ enrollment: device }, { at, why })
    const { actor, action, subject: target, detail } = write
    await tx.addAudit({ at, actor, action, target, revision: 0, detail: { ...detail, why, certificates } })
    return { enrollment: device, certificates }
  })
}
