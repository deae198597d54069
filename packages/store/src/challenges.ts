import { accountColumn, accountIn } from './account-column.ts'
import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { StoredChallenge } from './store.ts'

const byHash = prepared(({ db }, hash: string) => db.selectFrom('challenges').selectAll().where('hash', '=', hash))

export async function challenge(session: Session, hash: string): Promise<StoredChallenge | undefined> {
  const [row] = await byHash(session, hash)
  if (row === undefined) return undefined
  const { key, used_at: at } = row
  const used = key === null || at === null ? null : { key, at }
  return { hash, madeAt: row.made_at, expiresAt: row.expires_at, meant: row.meant, ...accountIn(row), used }
}

export async function addChallenge(session: Session, added: Omit<StoredChallenge, 'used'>): Promise<void> {
  const { hash, madeAt, expiresAt, meant } = added
  const row = { hash, made_at: madeAt, expires_at: expiresAt, meant, key: null, used_at: null }
  await run(session, session.db.insertInto('challenges').values({ ...row, account: accountColumn(added) }))
}

/** Whether it was free: of two that use it the one that commits first has it, on any node. */
export async function takeChallenge(
  session: Session,
  hash: string,
  { key, at }: { readonly key: string; readonly at: number },
): Promise<boolean> {
  const change = session.db.updateTable('challenges').set({ key, used_at: at }).where('hash', '=', hash)
  return (await run(session, change.where('key', 'is', null))) === 1
}

export async function takeBackChallenges(session: Session, enrollment: string): Promise<void> {
  const theirs = session.db.deleteFrom('challenges').where('meant', '=', enrollment)
  await run(session, theirs.where('key', 'is', null))
}

export async function forgetChallenges(session: Session, before: number): Promise<number> {
  return run(session, session.db.deleteFrom('challenges').where('expires_at', '<', before))
}
