import type { Account } from '@edict/store'
import { addAccount } from '../operations/add-account.ts'
import { removeAccount, setPassword, signOut } from '../operations/change-account.ts'
import { accountName } from '../sign-in/account-name.ts'
import { moment } from './moment.ts'
import { decodeCursor, encodeCursor, limitOf } from './paging.ts'
import type { Handlers } from './request.ts'

export const accountHandlers: Handlers<
  'add-account' | 'list-accounts' | 'set-account-password' | 'remove-account' | 'sign-out-account'
> = {
  'add-account': async ({ body, write }, services) => {
    const { name, managedAppleAccount = null, password } = body
    return resource(await addAccount({ name, managedAppleAccount, password }, write, services))
  },

  'list-accounts': async ({ query }, { store }) => {
    const cursor = decodeCursor(query.cursor)
    const page = await store.scan.accounts(cursor, limitOf(query.limit))
    return { items: page.items.map(resource), next: page.next === null ? null : encodeCursor(page.next) }
  },

  'set-account-password': async ({ params, body, write }, services) =>
    resource(await setPassword(params.name, body.password, write, services)),

  'remove-account': async ({ params, write }, services) => ({
    account: accountName(params.name),
    tokens: await removeAccount(params.name, write, services),
  }),

  'sign-out-account': async ({ params, write }, services) => ({
    account: accountName(params.name),
    tokens: await signOut(params.name, write, services),
  }),
}

function resource({ name, managedAppleAccount, madeAt, passwordAt }: Account) {
  return { name, managedAppleAccount, madeAt: moment(madeAt), passwordAt: moment(passwordAt) }
}
