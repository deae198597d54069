import type { EnrolledAccount } from '@edict/core'
import type { EnrollmentIdentity } from '@edict/protocol'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'
import { bindGrant, isFor } from './bind-grant.ts'

/**
 * Wants the access token of a device that was enrolled by an account, beside its certificate: one that is bound to it, or a new one of
 * the same account, which then is.
 *
 * @throws SignInRequired
 */
export async function requireSignIn(
  who: EnrollmentIdentity,
  account: EnrolledAccount,
  token: string | null,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<void> {
  const grant = token === null ? undefined : await store.read.grant(hashToken(token))
  if (grant?.enrollment === who.device && isFor(grant, account)) return
  await store.transaction(async (tx) => {
    await tx.lock([who.device])
    await bindGrant(tx, who, { account, token }, now())
  })
}
