import type { Account, Transaction } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import { accountName } from '../sign-in/account-name.ts'
import { hashPassword } from '../sign-in/password.ts'
import type { Write } from './commit.ts'
import { mustBePassword } from './must-be-password.ts'

type Uses = Pick<Services, 'store' | 'now'>

/** Gives an account another password; who is signed in stays so. @throws AdminError `account-missing`, `password-unsuitable` */
export async function setPassword(name: string, password: string, write: Write, services: Uses): Promise<Account> {
  mustBePassword(password)
  const hash = await hashPassword(password)
  return changed(name, write, services, async (tx, account, at) => {
    await tx.setPassword(account.name, hash, at)
    return { ...account, passwordAt: at }
  })
}

/** Removes an account, and signs it out. @throws AdminError `account-missing` */
export async function removeAccount(name: string, write: Write, services: Uses): Promise<number> {
  return changed(name, write, services, async (tx, account, at) => {
    await tx.removeAccount(account.name)
    return tx.revokeGrants({ name: account.name }, { at, why: 'account-removed' })
  })
}

/**
 * Revokes the access tokens of an account: its devices ask somebody to sign in again. There need be no such account here, for it
 * may be an identity provider's.
 *
 * @returns how many tokens there were
 */
export async function signOut(name: string, { actor, action, subject }: Write, { store, now }: Uses): Promise<number> {
  return store.transaction(async (tx) => {
    const at = now()
    const tokens = await tx.revokeGrants({ name: accountName(name) }, { at, why: 'signed-out' })
    await tx.addAudit({ at, actor, action, target: subject, revision: 0, detail: { tokens } })
    return tokens
  })
}

/** A change of an account that there is. Of what was sent nothing gets into the audit log: it may be a password. */
async function changed<T>(
  typed: string,
  { actor, action, subject }: Write,
  { store, now }: Uses,
  change: (tx: Transaction, account: Account, at: number) => Promise<T>,
): Promise<T> {
  const name = accountName(typed)
  return store.transaction(async (tx) => {
    const account = await tx.account(name)
    if (account === undefined) {
      const remedy = 'look at the list of accounts for the right name'
      throw new AdminError('account-missing', `Cannot find account ${name}`, { found: name, remedy })
    }
    const at = now()
    const result = await change(tx, account, at)
    await tx.addAudit({ at, actor, action, target: subject, revision: 0, detail: {} })
    return result
  })
}
