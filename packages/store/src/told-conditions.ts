import type { ConditionWord, ToldConditions } from '@edict/core'
import { sql } from 'kysely'
import { run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'

const byId = prepared(({ db }, id: string) =>
  db.selectFrom('told_conditions').select('content').where('enrollment', '=', id),
)

export async function toldConditions(session: Session, id: string): Promise<ToldConditions | undefined> {
  const [row] = await byId(session, id)
  return row === undefined ? undefined : new Map(JSON.parse(row.content) as [string, ConditionWord][])
}

const put = insertion<'told_conditions'>(['enrollment', 'content'], ({ db }, rows) =>
  db
    .insertInto('told_conditions')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('enrollment').doUpdateSet(({ ref }) => ({ content: ref('excluded.content') })),
    ),
)

export async function saveToldConditions(session: Session, id: string, told: ToldConditions): Promise<void> {
  await put(session, [{ enrollment: id, content: JSON.stringify([...told]) }])
}

export async function dropToldConditions(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  await run(session, db.deleteFrom('told_conditions').where(dialect.oneOf(sql.ref('enrollment'), ids)))
}
