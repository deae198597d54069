import { randomBytes } from 'node:crypto'
import type { EnrolledAccount } from '@edict/core'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'

/** How long a profile can be had by a token, in milliseconds. */
const PROFILE = 10 * 60_000

/** Grants that no device came with, or that were revoked, are kept for this long. */
const KEPT = 7 * 86_400_000

/**
 * Gives an access token to an account that signed in. Apple's devices send the one token that they got with everything, so it stands
 * for two grants that are kept apart: one for a profile, once and soon, and one for the messages of the first enrollment that shows it.
 *
 * @returns the token, 256 random bits; its hash is what is stored
 */
export async function grantAccess(
  account: EnrolledAccount,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const madeAt = now()
  await store.transaction(async (tx) => {
    await tx.forgetGrants(madeAt - KEPT)
    await tx.addGrant({
      tokenHash: hashToken(token),
      account,
      madeAt,
      profileUntil: madeAt + PROFILE,
      profileUsedAt: null,
      enrollment: null,
      boundAt: null,
      revokedAt: null,
      why: null,
    })
  })
  return token
}
