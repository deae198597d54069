import type { Instant, TraceEntry } from '@edict/core'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { KeptTrace, SaidBodies, Traced } from './store.ts'

const addAll = insertion<'trace'>(['enrollment', 'at', 'content', 'claimed', 'bodies'], ({ db }, rows) =>
  db.insertInto('trace').values(rows),
)

/** Adds entries, numbered so that none appears later than a greater one: who follows a channel misses none. */
export async function addTrace(session: Session, entries: readonly Traced[]): Promise<void> {
  await session.dialect.beforeTrace(session)
  const rows = entries.map(({ enrollment, at, claimed = 0, bodies, ...content }) => ({
    enrollment,
    at,
    content: JSON.stringify(content),
    claimed,
    bodies: bodies === undefined ? null : JSON.stringify(bodies),
  }))
  await addAll(session, rows)
}

const last = prepared(({ db }, id: string, before: number, limit: number) =>
  db
    .selectFrom('trace')
    .select(['sequence', 'at', 'content', 'claimed'])
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
  const columns = ['sequence', 'at', 'content', 'claimed'] as const
  const newer = session.db.selectFrom('trace').select(columns).where('enrollment', '=', id)
  const rows = await all(session, newer.where('sequence', '>', after).orderBy('sequence').limit(limit))
  return rows.map(entryOf)
}

/** The bodies that are kept of the entries of a channel from one to another, by entry. */
export async function traceBodies(
  session: Session,
  id: string,
  from: number,
  to: number,
): Promise<ReadonlyMap<number, SaidBodies>> {
  const kept = session.db
    .selectFrom('trace')
    .select(['sequence', 'bodies'])
    .where('enrollment', '=', id)
    .where('bodies', 'is not', null)
  const rows = await all(session, kept.where('sequence', '>=', from).where('sequence', '<=', to))
  return new Map(rows.map(({ sequence, bodies }) => [sequence, JSON.parse(bodies ?? '{}') as SaidBodies]))
}

/** Leaves the last so many of a channel, of what was believed and of what was only claimed, and of bodies. */
export async function shortenTrace(session: Session, id: string, keep: KeptTrace): Promise<void> {
  const { db } = session
  const of = db.selectFrom('trace').select('sequence').where('enrollment', '=', id).orderBy('sequence', 'desc')
  const beyond = async (query: typeof of, count: number) =>
    (await all(session, query.offset(count).limit(1)))[0]?.sequence ?? null
  const gone = db.deleteFrom('trace').where('enrollment', '=', id)
  const believed = await beyond(of.where('claimed', '=', 0), keep.entries)
  if (believed !== null) await run(session, gone.where('claimed', '=', 0).where('sequence', '<=', believed))
  const claimed = await beyond(of.where('claimed', '>', 0), keep.claims)
  if (claimed !== null) await run(session, gone.where('claimed', '>', 0).where('sequence', '<=', claimed))
  const bodies = await beyond(of.where('bodies', 'is not', null), keep.bodies)
  if (bodies === null) return
  const bare = db.updateTable('trace').set({ bodies: null }).where('enrollment', '=', id)
  await run(session, bare.where('bodies', 'is not', null).where('sequence', '<=', bodies))
}

export async function forgetTrace(session: Session, before: Instant): Promise<number> {
  return run(session, session.db.deleteFrom('trace').where('at', '<', before))
}

interface Row {
  readonly sequence: number
  readonly at: number
  readonly content: string
  readonly claimed: number
}

function entryOf({ sequence, at, content, claimed }: Row): TraceEntry {
  const said = JSON.parse(content) as object
  return { ...said, at, entry: sequence, ...(claimed === 0 ? {} : { claimed }) } as TraceEntry
}
