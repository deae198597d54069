import type { App } from '@edict/core'
import { sql } from 'kysely'
import { run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'

const appsOf = prepared(({ db }, id: string) => db.selectFrom('apps').selectAll().where('enrollment', '=', id))

export async function apps(session: Session, id: string): Promise<readonly App[]> {
  const [row] = await appsOf(session, id)
  return row === undefined ? [] : (JSON.parse(row.content) as readonly App[])
}

const putApps = insertion<'apps'>(['enrollment', 'content'], ({ db }, rows) =>
  db
    .insertInto('apps')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('enrollment').doUpdateSet(({ ref }) => ({ content: ref('excluded.content') })),
    ),
)

export async function saveApps(session: Session, id: string, known: readonly App[]): Promise<void> {
  await putApps(session, [{ enrollment: id, content: JSON.stringify(known) }])
}

export async function forgetApps(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  await run(session, db.deleteFrom('apps').where(dialect.oneOf(sql.ref('enrollment'), ids)))
}
