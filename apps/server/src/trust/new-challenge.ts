import type { EnrolledAccount } from '@edict/core'
import { createChallenge } from '@edict/pki'
import type { Transaction } from '@edict/store'

/** A lost answer may be asked for again for a day after the challenge is over. Twice that is kept, in milliseconds. */
const kept = 48 * 3_600_000

export interface ChallengeWish {
  /** The one device that the certificate will be for; null when any new one may take it. */
  readonly meant: string | null
  /** Whose account-driven enrollment it is for; absent for every other one. */
  readonly account?: EnrolledAccount
  readonly now: number
  /** Milliseconds, an hour at most; an hour when absent. */
  readonly lifetime?: number
}

/**
 * Makes a one-time challenge in a work that is under way. Only its hash is stored; the secret is for the device alone.
 *
 * @throws PkiError `challenge-lifetime`
 */
export async function newChallenge(
  tx: Transaction,
  { meant, account, now, lifetime }: ChallengeWish,
): Promise<{ readonly secret: string; readonly expiresAt: number }> {
  const { secret, challenge } = createChallenge(meant, now, lifetime)
  const { hash, expiresAt } = challenge
  await tx.forgetChallenges(now - kept)
  await tx.addChallenge({ hash, madeAt: now, expiresAt, meant, ...(account === undefined ? {} : { account }) })
  return { secret, expiresAt }
}
