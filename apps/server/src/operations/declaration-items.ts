import { declarationsToken, itemsAnswered } from '@edict/core'
import type { EnrollmentIdentity } from '@edict/protocol'
import type { Services } from '../services.ts'
import { known } from './known-channel.ts'

/**
 * Answers Endpoint "declaration-items". That this channel was shown this manifest is on disk before the answer leaves: its
 * bodies are served from it.
 *
 * @returns `before`: token of the one that it was shown last, the same one perhaps; null when it was shown none
 */
export async function declarationItems(
  who: EnrollmentIdentity,
  { store, manifests, now }: Pick<Services, 'store' | 'manifests' | 'now'>,
): Promise<{ readonly token: string; readonly bytes: Uint8Array; readonly before: string | null }> {
  return store.transaction(async (tx) => {
    const [locked] = await tx.lock([who.id])
    const channel = known(who.id, locked)
    const { enrollment } = channel
    const token = declarationsToken(channel.common, enrollment)
    const served = await manifests.served(token, tx)
    const at = now()
    const sameItems = enrollment.subscribed === served.subscribedHash && enrollment.subscribedAt !== null
    await tx.saveEnrollments([
      {
        ...enrollment,
        sync: itemsAnswered(enrollment.sync, token, at),
        lastSeenAt: at,
        subscribed: served.subscribedHash,
        subscribedAt: sameItems ? enrollment.subscribedAt : at,
      },
    ])
    if (enrollment.sync.collected?.token !== token) {
      await tx.addEvents([{ at, type: 'channel.collected', data: { enrollment: who.id, token } }])
    }
    return { token, bytes: served.bytes, before: enrollment.sync.shown[0] ?? null }
  })
}
