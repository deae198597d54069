import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'
import type { Write } from './commit.ts'

export interface CreatedChallenge {
  readonly secret: string
  /** The device that it is meant for; null when any new one may use it. */
  readonly meant: string | null
  readonly expiresAt: number
}

/** Makes a challenge for a device, also when a user channel of it was named. The audit has who made it, and not the secret. */
export async function createChallenge(
  enrollment: string | null,
  lifetime: number | undefined,
  { actor, action, subject: target, detail }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<CreatedChallenge> {
  return store.transaction(async (tx) => {
    const at = now()
    const known = enrollment === null ? undefined : await tx.channel(enrollment)
    const meant = known?.enrollment.device ?? enrollment
    const made = await newChallenge(tx, { meant, now: at, ...(lifetime === undefined ? {} : { lifetime }) })
    await tx.addAudit({ at, actor, action, target, revision: 0, detail })
    return { ...made, meant }
  })
}
