import type { Instant, TraceEntry } from '@edict/core'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { Traced } from './store.ts'

const addAll = insertion<'trace'>(['enrollment', 'at', 'content'], ({ db }, rows) =>
  db.insertInto('trace').values(rows),
)

/** Adds entries, numbered so that none appears later than a greater one: who follows a channel misses none. */
export async function addTrace(session: Session, entries: readonly Traced[]): Promise<void> {
  await session.dialect.beforeTrace(session)
  const rows = entries.map(({ enrollment, at, ...content }) => ({ enrollment, at, content: JSON.stringify(content) }))
  await addAll(session, rows)
}

const last = prepared(({ db }, id: string, before: number, limit: number) =>
  db
    .selectFrom('trace')
    .select(['sequence', 'at', 'content'])
    .where('enrollment', '=', id)
    .where('sequence', '<', before)
    .orderBy('sequence', 'desc')
    .limit(limit),
)

/** The last that were said before an entry, or at all, oldest first. */
export async function trace(
  session: Session,
  id: string,
  before: number | null,
  limit: number,
): Promise<readonly TraceEntry[]> {
  const rows = await last(session, id, before ?? Number.MAX_SAFE_INTEGER, limit)
  return rows.map(entryOf).reverse()
}

/** What was said after an entry, oldest first. */
export async function traceAfter(
  session: Session,
  id: string,
  after: number,
  limit: number,
): Promise<readonly TraceEntry[]> {
  const newer = session.db.selectFrom('trace').select(['sequence', 'at', 'content']).where('enrollment', '=', id)
  const rows = await all(session, newer.where('sequence', '>', after).orderBy('sequence').limit(limit))
  return rows.map(entryOf)
}

/** Leaves the last so many of a channel. */
export async function shortenTrace(session: Session, id: string, keep: number): Promise<void> {
  const { db } = session
  const oldest = db
    .selectFrom('trace')
    .select('sequence')
    .where('enrollment', '=', id)
    .orderBy('sequence', 'desc')
    .offset(keep)
    .limit(1)
  const [row] = await all(session, oldest)
  if (row === undefined) return
  await run(session, db.deleteFrom('trace').where('enrollment', '=', id).where('sequence', '<=', row.sequence))
}

export async function forgetTrace(session: Session, before: Instant): Promise<number> {
  return run(session, session.db.deleteFrom('trace').where('at', '<', before))
}

function entryOf(row: { readonly sequence: number; readonly at: number; readonly content: string }): TraceEntry {
  return { ...(JSON.parse(row.content) as object), at: row.at, entry: row.sequence } as TraceEntry
}
