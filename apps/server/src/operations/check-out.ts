import { checkOut } from '@edict/core'
import type { EnrollmentIdentity } from '@edict/protocol'
import { endPins } from '../identity/end-pins.ts'
import type { Services } from '../services.ts'

/**
 * A device says, once and at best, that it left. A user channel leaves alone, a device with its users, and with every right to speak
 * as it: certificates that it used, that were issued for it, and challenges for more of them. What is made for it later counts.
 */
export async function leave(who: EnrollmentIdentity, { store, now }: Pick<Services, 'store' | 'now'>): Promise<void> {
  await store.transaction(async (tx) => {
    const all =
      who.channel === 'device' ? (await tx.channelsOf(who.id)).map(({ enrollment }) => enrollment.id) : [who.id]
    const channels = await tx.lock(all)
    if (who.channel === 'device') {
      const how = { at: now(), why: 'checked-out' }
      await endPins(tx, who.id, how)
      await tx.revokeCertificates(who.id, how)
      await tx.revokeGrants({ enrollment: who.id }, how)
    }
    await tx.saveEnrollments(channels.map(({ enrollment }) => checkOut(enrollment)))
    const left = channels.filter(({ enrollment }) => enrollment.state !== 'left')
    await tx.addEvents(
      left.map(({ enrollment }) => ({ at: now(), type: 'enrollment.left', data: { enrollment: enrollment.id } })),
    )
  })
}
