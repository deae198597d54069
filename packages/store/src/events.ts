import type { JsonObject } from '@edict/protocol'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import type { StoredEvent } from './store.ts'

/** How many events are kept at least; the oldest beyond go with every thousandth, when every webhook has looked at them. */
const KEEP = 20_000
const PRUNE_EVERY = 1000

const addAll = insertion<'events', { readonly sequence: number }>(['at', 'type', 'data'], ({ db }, rows) =>
  db.insertInto('events').values(rows).returning('sequence'),
)

/**
 * Adds events: the last thing that a unit of work does, so that it holds what {@link Dialect.beforeEvents} locks for no
 * longer than its commit takes.
 */
export async function addEvents(session: Session, events: readonly Omit<StoredEvent, 'sequence'>[]): Promise<void> {
  await session.dialect.beforeEvents(session)
  const rows = events.map(({ at, type, data }) => ({ at, type, data: JSON.stringify(data) }))
  for (const { sequence } of await addAll(session, rows)) {
    if (sequence % PRUNE_EVERY === 0) await prune(session, sequence - KEEP)
  }
}

async function prune(session: Session, upTo: number): Promise<void> {
  const lookedAt = session.db
    .deleteFrom('events')
    .where('sequence', '<=', upTo)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhooks').select('id').where('state', '=', 'on').whereRef('position', '<', 'events.sequence'),
        ),
      ),
    )
  await run(session, lookedAt)
}

/**
 * Events after a sequence number, oldest first. Units of work end in another order than their events were numbered in, so
 * only such are given as none can appear before any more.
 */
export async function events(session: Session, after: number, limit: number): Promise<readonly StoredEvent[]> {
  const { db, dialect } = session
  const settled = await dialect.settledEvent(session)
  if (settled <= after) return []
  const query = db.selectFrom('events').selectAll().where('sequence', '>', after).where('sequence', '<=', settled)
  const rows = await all(session, query.orderBy('sequence').limit(limit))
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as JsonObject }))
}
