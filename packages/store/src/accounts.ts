import { all, run, type Session } from './dialect/dialect.ts'
import { page } from './page.ts'
import { prepared } from './prepared.ts'
import type { Account, Page } from './store.ts'
import type { AccountsTable } from './tables.ts'

const byName = prepared(({ db }, name: string) => db.selectFrom('accounts').selectAll().where('name', '=', name))

export async function account(session: Session, name: string): Promise<Account | undefined> {
  return (await byName(session, name)).map(accountOf)[0]
}

/** By name. */
export async function accounts(session: Session, cursor: string | null, limit: number): Promise<Page<Account>> {
  const after = session.db
    .selectFrom('accounts')
    .selectAll()
    .where('name', '>', cursor ?? '')
  const rows = await all(session, after.orderBy('name').limit(limit + 1))
  return page(rows.map(accountOf), limit, ({ name }) => name)
}

export async function addAccount(session: Session, added: Account): Promise<boolean> {
  const { name, managedAppleAccount, password, madeAt, passwordAt } = added
  const row = { name, managed_apple_account: managedAppleAccount, password, made_at: madeAt, password_at: passwordAt }
  const insert = session.db
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
  return (await run(session, insert)) === 1
}

export async function setPassword(session: Session, name: string, password: string, at: number): Promise<boolean> {
  const change = session.db.updateTable('accounts').set({ password, password_at: at })
  return (await run(session, change.where('name', '=', name))) === 1
}

export async function removeAccount(session: Session, name: string): Promise<boolean> {
  return (await run(session, session.db.deleteFrom('accounts').where('name', '=', name))) === 1
}

function accountOf(row: AccountsTable): Account {
  return {
    name: row.name,
    managedAppleAccount: row.managed_apple_account,
    password: row.password,
    madeAt: row.made_at,
    passwordAt: row.password_at,
  }
}
