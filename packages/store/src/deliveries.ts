import type { Instant } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { sql } from 'kysely'
import { all, first, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { page } from './page.ts'
import { prepared } from './prepared.ts'
import type {
  Attempted,
  Delivery,
  DeliveryAttempt,
  DeliveryFilter,
  DeliveryOutcome,
  Page,
  Transaction,
} from './store.ts'
import type { DeliveriesTable } from './tables.ts'

type Row = { readonly [K in keyof DeliveriesTable]: K extends 'sequence' ? number : DeliveriesTable[K] }

const dueOf = prepared(({ db }, webhook: string, now: Instant, limit: number) =>
  db
    .selectFrom('deliveries')
    .selectAll()
    .where('webhook', '=', webhook)
    .where('due', '<=', now)
    .orderBy('due')
    .orderBy('sequence')
    .limit(limit),
)

export async function dueDeliveries(session: Session, webhook: string, now: Instant, limit: number) {
  return (await dueOf(session, webhook, now, limit)).map(deliveryOf)
}

const addAll = insertion<'deliveries'>(
  ['id', 'webhook', 'event', 'enrollment', 'type', 'at', 'data', 'queued_at', 'attempts', 'log'],
  ({ db }, rows) => db.insertInto('deliveries').values(rows),
)

export async function queueDeliveries(
  session: Session,
  webhook: string,
  added: Parameters<Transaction['queueDeliveries']>[1],
  now: Instant,
): Promise<void> {
  const rows = added.map(({ id, event, enrollment, type, at, data }) => {
    const what = { id, event, enrollment: enrollment ?? '', type, at, data: JSON.stringify(data) }
    return { ...what, webhook, queued_at: now, attempts: 0, log: '[]' }
  })
  await addAll(session, rows)
  await makeDue(session, webhook, new Set(rows.map(({ enrollment }) => enrollment)), now)
}

/** Rows a statement: a few sizes, so that there are few different statements. */
const SIZES = [50, 20, 10, 5, 2, 1] as const

function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  let done = 0
  for (const size of SIZES) for (; rows.length - done >= size; done += size) yield rows.slice(done, done + size)
}

/** The first that waits of an enrollment is found by an index, however many wait behind it. */
async function makeDue(
  session: Session,
  webhook: string,
  enrollments: ReadonlySet<string>,
  now: Instant,
): Promise<void> {
  for (const some of chunksOf([...enrollments])) {
    const values = sql.join(some.map((enrollment) => sql`(cast(${enrollment} as text))`))
    const statement = sql`with whose (enrollment) as (values ${values})
      update deliveries set due = ${now} where due is null and sequence in (
        select (select d.sequence from deliveries as d
          where d.webhook = ${webhook} and d.enrollment = whose.enrollment and d.outcome is null
          order by d.sequence limit 1) from whose)`
    await run(session, { compile: () => statement.compile(session.db) })
  }
}

export async function saveAttempts(
  session: Session,
  webhook: string,
  attempted: readonly Attempted[],
  now: Instant,
): Promise<void> {
  for (const some of chunksOf(attempted)) {
    const values = sql.join(
      some.map(
        ({ sequence, attempts, due, outcome, endedAt, log }) =>
          sql`(cast(${sequence} as bigint), cast(${attempts} as bigint), cast(${due} as bigint), cast(${outcome} as text),
            cast(${endedAt} as bigint), cast(${JSON.stringify(log)} as text))`,
      ),
    )
    const statement = sql`with made (sequence, attempts, due, outcome, ended_at, log) as (values ${values})
      update deliveries set attempts = made.attempts, due = made.due, outcome = made.outcome, ended_at = made.ended_at,
        log = made.log
      from made where deliveries.sequence = made.sequence`
    await run(session, { compile: () => statement.compile(session.db) })
  }
  const over = attempted.filter(({ outcome }) => outcome !== null)
  await makeDue(session, webhook, new Set(over.map(({ enrollment }) => enrollment ?? '')), now)
}

export async function hastenDeliveries(session: Session, webhook: string, now: Instant): Promise<void> {
  const change = session.db.updateTable('deliveries').set({ due: now }).where('webhook', '=', webhook)
  await run(session, change.where('due', '>', now))
}

/** What is left over when it gets too much is looked for seldom, so a whole tenth goes at once. */
export async function crowdOutDeliveries(
  session: Session,
  webhook: string,
  most: number,
  now: Instant,
): Promise<number> {
  const { db } = session
  const waiting = db.selectFrom('deliveries').where('webhook', '=', webhook).where('outcome', 'is', null)
  const newest = waiting.select('sequence').orderBy('sequence', 'desc').limit(1)
  if ((await first(session, newest.offset(most))) === undefined) return 0
  const last = await first(session, newest.offset(Math.floor(most * 0.9)))
  if (last === undefined) return 0
  const change = db
    .updateTable('deliveries')
    .set({ outcome: 'crowded-out' satisfies DeliveryOutcome, ended_at: now, due: null })
    .where('webhook', '=', webhook)
    .where('outcome', 'is', null)
    .where('sequence', '<=', last.sequence)
  const count = await run(session, change)
  await makeAllDue(session, webhook, now)
  return count
}

/** Looks at everything that waits. */
async function makeAllDue(session: Session, webhook: string, now: Instant): Promise<void> {
  const heads = session.db
    .selectFrom('deliveries')
    .select(({ fn }) => fn.min('sequence').as('sequence'))
    .where('webhook', '=', webhook)
    .where('outcome', 'is', null)
    .groupBy('enrollment')
  const { db } = session
  const change = db.updateTable('deliveries').set({ due: now }).where('webhook', '=', webhook)
  await run(session, change.where('outcome', 'is', null).where('due', 'is', null).where('sequence', 'in', heads))
}

export async function queueDeliveriesAgain(
  session: Session,
  webhook: string,
  ids: readonly string[] | null,
  now: Instant,
): Promise<number> {
  const { db, dialect } = session
  const chosen = ids === null ? sql<boolean>`outcome in ('given-up', 'crowded-out')` : dialect.oneOf(sql.ref('id'), ids)
  const ended = db
    .selectFrom('deliveries')
    .where('webhook', '=', webhook)
    .where('outcome', 'is not', null)
    .where(chosen)
  const rows = await all(session, ended.select('enrollment').distinct())
  const enrollments = rows.map(({ enrollment }) => enrollment)
  const theirs = db.updateTable('deliveries').where('webhook', '=', webhook)
  const again = theirs.set({ outcome: null, ended_at: null, due: null, queued_at: now, attempts: 0 })
  const count = await run(session, again.where('outcome', 'is not', null).where(chosen))
  // What was due before may have one in front of it now.
  const behind = theirs.set({ due: null }).where('due', 'is not', null)
  await run(session, behind.where(dialect.oneOf(sql.ref('enrollment'), enrollments)))
  await makeDue(session, webhook, new Set(enrollments), now)
  return count
}

export async function forgetDeliveries(
  session: Session,
  webhook: string,
  before: Instant,
  keep: number,
): Promise<number> {
  const { db } = session
  const theirs = db.deleteFrom('deliveries').where('webhook', '=', webhook)
  const old = await run(session, theirs.where('ended_at', '<', before))
  const ended = db.selectFrom('deliveries').where('webhook', '=', webhook).where('ended_at', 'is not', null)
  const newest = ended.select(['ended_at', 'sequence']).orderBy('ended_at', 'desc').orderBy('sequence', 'desc')
  const beyond = await first(session, newest.offset(keep).limit(1))
  if (beyond === undefined || beyond.ended_at === null) return old
  const { ended_at: at, sequence } = beyond
  // Many may have ended in one moment.
  const older = theirs.where(({ or, and, eb }) =>
    or([eb('ended_at', '<', at), and([eb('ended_at', '=', at), eb('sequence', '<=', sequence)])]),
  )
  return old + (await run(session, older))
}

export async function removeDeliveries(session: Session, webhook: string): Promise<void> {
  await run(session, session.db.deleteFrom('deliveries').where('webhook', '=', webhook))
}

/** Newest first. */
export async function deliveries(
  session: Session,
  webhook: string,
  { state, enrollment }: DeliveryFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<Delivery>> {
  let query = session.db
    .selectFrom('deliveries')
    .selectAll()
    .where('webhook', '=', webhook)
    .where('sequence', '<', cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor))
  if (state === 'waiting') query = query.where('outcome', 'is', null)
  else if (state !== undefined) query = query.where('outcome', '=', state)
  if (enrollment !== undefined) query = query.where('enrollment', '=', enrollment)
  const rows = await all(session, query.orderBy('sequence', 'desc').limit(limit + 1))
  return page(rows.map(deliveryOf), limit, ({ sequence }) => String(sequence))
}

export async function waitingDeliveries(session: Session) {
  return all(
    session,
    session.db
      .selectFrom('deliveries')
      .where('outcome', 'is', null)
      .select(({ fn }) => ['webhook', fn.countAll<number>().as('count')])
      .groupBy('webhook')
      .orderBy('webhook'),
  )
}

function deliveryOf(row: Row): Delivery {
  return {
    sequence: row.sequence,
    id: row.id,
    webhook: row.webhook,
    event: row.event,
    enrollment: row.enrollment === '' ? null : row.enrollment,
    type: row.type,
    at: row.at,
    data: JSON.parse(row.data) as JsonObject,
    queuedAt: row.queued_at,
    attempts: row.attempts,
    due: row.due,
    outcome: row.outcome as DeliveryOutcome | null,
    endedAt: row.ended_at,
    log: JSON.parse(row.log) as readonly DeliveryAttempt[],
  }
}
