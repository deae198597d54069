import type { AccountMode, EnrolledAccount } from '@edict/core'
import { signedProfile } from '../enroll/signed-profile.ts'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId'>

/** An enrollment profile, and whom it is for. */
interface AccountProfile {
  readonly profile: Uint8Array
  readonly account: EnrolledAccount
}

/**
 * Gives the enrollment profile that an access token is good for, once. Null when it is not: unknown, used, over, revoked, or for the
 * other mode.
 *
 * @param token null when none was sent
 */
export async function giveAccountProfile(
  token: string | null,
  mode: AccountMode,
  services: Uses,
): Promise<AccountProfile | null> {
  if (token === null) return null
  const { store, now } = services
  const tokenHash = hashToken(token)
  const taken = await store.transaction(async (tx) => {
    const at = now()
    const account = (await tx.grant(tokenHash))?.account
    if (account?.mode !== mode || !(await tx.useProfileGrant(tokenHash, at))) return null
    return { account, challenge: (await newChallenge(tx, { meant: null, account, now: at })).secret }
  })
  if (taken === null) return null
  const { account } = taken
  const profile = await signedProfile(taken.challenge, null, services, account)
  return profile === null ? null : { profile, account }
}
