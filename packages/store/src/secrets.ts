import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Reads, Secret } from './store.ts'
import type { SecretsTable } from './tables.ts'

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

const ofPeriod = prepared(({ db }, id: string, name: string, period: number) =>
  db
    .selectFrom('secrets')
    .selectAll()
    .where('enrollment', '=', id)
    .where('name', '=', name)
    .where('period', '=', period),
)

/** The one of a period, or without it the present one, or else the last that was. */
export async function secret(session: Session, ...[id, name, period]: Parameters<Reads['secret']>) {
  const [row] = period === undefined ? await current(session, id, name) : await ofPeriod(session, id, name, period)
  return row === undefined ? undefined : { ...described(row), value: new Uint8Array(row.value) }
}

export async function secrets(session: Session, id: string): ReturnType<Reads['secrets']> {
  const rows = await all(
    session,
    session.db
      .selectFrom('secrets')
      .select(['name', 'period', 'sealed', 'sealed_under', 'at'])
      .where('enrollment', '=', id)
      .orderBy('name')
      .orderBy('period', 'desc'),
  )
  return rows.map(described)
}

export async function putSecret(session: Session, id: string, put: Omit<Secret, 'past'>): Promise<void> {
  const { name, period, value, sealedUnder, at } = put
  const row = { value, sealed: 0, sealed_under: sealedUnder, at }
  await run(
    session,
    session.db
      .insertInto('secrets')
      .values({ enrollment: id, name, period, ...row })
      .onConflict((conflict) => conflict.columns(['enrollment', 'name', 'period']).doUpdateSet(row)),
  )
}

/** Deletes it unless it is of the past. */
export async function deleteSecret(session: Session, id: string, name: string): Promise<void> {
  const theirs = session.db.deleteFrom('secrets').where('enrollment', '=', id).where('name', '=', name)
  await run(session, theirs.where('sealed', '=', 0))
}

/** Makes what channels have escrowed a thing of the past. */
export async function endSecrets(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  const theirs = dialect.oneOf(sql.ref('enrollment'), ids)
  await run(session, db.updateTable('secrets').set({ sealed: 1 }).where(theirs).where('sealed', '=', 0))
}

function described(row: Omit<SecretsTable, 'enrollment' | 'value'>): Omit<Secret, 'value'> {
  const { name, period, at } = row
  return { name, sealedUnder: row.sealed_under, period, past: row.sealed === 1, at }
}
