import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Content } from './store.ts'
import type { ContentsTable } from './tables.ts'

const byName = prepared(({ db }, name: string) =>
  db
    .selectFrom('contents')
    .selectAll()
    .where('name', '=', name)
    .orderBy(sql`replaced_at is not null`)
    .orderBy('replaced_at', 'desc')
    .orderBy('sha256'),
)
const byHash = prepared(({ db }, sha256: string) =>
  db.selectFrom('contents').selectAll().where('sha256', '=', sha256).orderBy('name'),
)

/** What stands under a name first, then what stood there, the newest first; or every name of the same octets. */
export async function contents(session: Session, by: { name: string } | { sha256: string }) {
  return ('name' in by ? await byName(session, by.name) : await byHash(session, by.sha256)).map(contentOf)
}

/** What stands under each name, by name. */
export async function standingContents(session: Session): Promise<readonly Content[]> {
  const standing = session.db.selectFrom('contents').selectAll().where('replaced_at', 'is', null)
  return (await all(session, standing.orderBy('name'))).map(contentOf)
}

export async function putContent(session: Session, added: Omit<Content, 'replacedAt'>): Promise<void> {
  const { name, sha256, size, type, addedAt } = added
  const before = session.db.updateTable('contents').set({ replaced_at: addedAt }).where('name', '=', name)
  await run(session, before.where('sha256', '<>', sha256).where('replaced_at', 'is', null))
  const row = { name, sha256, size, type, added_at: addedAt, replaced_at: null }
  const again = { type, added_at: addedAt, replaced_at: null }
  await run(
    session,
    session.db
      .insertInto('contents')
      .values(row)
      .onConflict((conflict) => conflict.columns(['name', 'sha256']).doUpdateSet(again)),
  )
}

export async function deleteContent(session: Session, name: string): Promise<void> {
  await run(session, session.db.deleteFrom('contents').where('name', '=', name))
}

function contentOf({ name, sha256, size, type, added_at, replaced_at }: ContentsTable): Content {
  return { name, sha256, size, type, addedAt: added_at, replacedAt: replaced_at }
}
