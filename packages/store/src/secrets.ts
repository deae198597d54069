import { sql } from 'kysely'
import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Secret } from './store.ts'

const current = prepared(({ db }, id: string, name: string) =>
  db
    .selectFrom('secrets')
    .selectAll()
    .where('enrollment', '=', id)
    .where('name', '=', name)
    .orderBy('sealed')
    .orderBy('period', 'desc')
    .limit(1),
)

/** The one that is not sealed, or else the last that was. */
export async function secret(session: Session, id: string, name: string): Promise<Secret | undefined> {
  const [row] = await current(session, id, name)
  if (row === undefined) return undefined
  return { name, value: new Uint8Array(row.value), period: row.period, sealed: row.sealed === 1, at: row.at }
}

export async function putSecret(session: Session, id: string, put: Omit<Secret, 'sealed'>): Promise<void> {
  const { name, period, value, at } = put
  await run(
    session,
    session.db
      .insertInto('secrets')
      .values({ enrollment: id, name, period, value, sealed: 0, at })
      .onConflict((conflict) =>
        conflict.columns(['enrollment', 'name', 'period']).doUpdateSet({ value, sealed: 0, at }),
      ),
  )
}

/** Deletes it unless it is sealed. */
export async function deleteSecret(session: Session, id: string, name: string): Promise<void> {
  const theirs = session.db.deleteFrom('secrets').where('enrollment', '=', id).where('name', '=', name)
  await run(session, theirs.where('sealed', '=', 0))
}

export async function sealSecrets(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  const theirs = dialect.oneOf(sql.ref('enrollment'), ids)
  await run(session, db.updateTable('secrets').set({ sealed: 1 }).where(theirs).where('sealed', '=', 0))
}
