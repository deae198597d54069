import type { Account } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import type { Services } from '../services.ts'
import { accountName, isManagedAppleAccount } from '../sign-in/account-name.ts'
import { hashPassword } from '../sign-in/password.ts'
import type { Write } from './commit.ts'
import { mustBePassword } from './must-be-password.ts'

export interface AccountWish {
  readonly name: string
  /** Null: the name is one. */
  readonly managedAppleAccount: string | null
  readonly password: string
}

/**
 * Makes an account that people sign in with. The audit log gets everything but the password.
 *
 * @throws AdminError `account-exists`, `account-unsuitable`, `password-unsuitable`
 */
export async function addAccount(
  { name: typed, managedAppleAccount: wished, password }: AccountWish,
  { actor, action }: Write,
  { store, now }: Pick<Services, 'store' | 'now'>,
): Promise<Account> {
  const name = accountName(typed)
  const managedAppleAccount = wished ?? name
  if (name === '' || !isManagedAppleAccount(managedAppleAccount)) {
    const at = wished === null ? '/name' : '/managedAppleAccount'
    throw new AdminError(
      'account-unsuitable',
      `Cannot add account: ${managedAppleAccount} is no Managed Apple Account`,
      {
        at,
        found: managedAppleAccount,
        expected: 'something such as ada@school.example',
        remedy: 'say the Managed Apple Account beside the name, or use it as the name',
      },
    )
  }
  mustBePassword(password)
  const at = now()
  const account = { name, managedAppleAccount, password: await hashPassword(password), madeAt: at, passwordAt: at }
  const added = await store.transaction(async (tx) => {
    if (!(await tx.addAccount(account))) return false
    const detail = { name, managedAppleAccount }
    await tx.addAudit({ at, actor, action, target: `accounts/${name}`, revision: 0, detail })
    return true
  })
  if (added) return account
  const remedy = 'set its password, or remove it first'
  throw new AdminError('account-exists', `Cannot add account ${name}: there is one`, {
    at: '/name',
    found: name,
    remedy,
  })
}
