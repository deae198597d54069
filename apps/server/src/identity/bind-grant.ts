import type { EnrolledAccount } from '@edict/core'
import type { EnrollmentIdentity } from '@edict/protocol'
import type { Grant, Transaction } from '@edict/store'
import { hashToken } from '../hash-token.ts'
import { SignInRequired } from './sign-in-required.ts'
import { SUPERSEDED } from './succeed.ts'

/** How long a grant waits for the device that it is for, in milliseconds. */
const UNBOUND = 86_400_000

/**
 * Binds the grant of an access token to a device that is enrolled by the same account; the one that it had before dies. A device keeps
 * to its grant, and a grant to its device: of several devices that show one token at once, on any node, one has it.
 *
 * @param token null when none was sent
 * @throws SignInRequired
 */
export async function bindGrant(
  tx: Transaction,
  who: EnrollmentIdentity,
  { account, token }: { readonly account: EnrolledAccount; readonly token: string | null },
  at: number,
): Promise<void> {
  const tokenHash = token === null ? null : hashToken(token)
  const grant = tokenHash === null ? undefined : await tx.grant(tokenHash)
  if (tokenHash === null || grant === undefined || !isFor(grant, account)) throw new SignInRequired(who, account.mode)
  if (grant.enrollment === who.device) return
  const free = grant.enrollment === null && at - grant.madeAt < UNBOUND
  if (!free || !(await tx.bindGrant(tokenHash, who.device, at))) throw new SignInRequired(who, account.mode)
  await tx.revokeGrants({ enrollment: who.device, but: tokenHash }, { at, why: SUPERSEDED })
}

/** Whether a grant is alive, and of this account: the Managed Apple Account in a profile cannot change. */
export function isFor({ account, revokedAt }: Grant, { name, managedAppleAccount, mode }: EnrolledAccount): boolean {
  const same = account.name === name && account.managedAppleAccount === managedAppleAccount && account.mode === mode
  return same && revokedAt === null
}
