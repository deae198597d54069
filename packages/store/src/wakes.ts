import type { Instant } from '@edict/core'
import { sql } from 'kysely'
import { all, first, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { page } from './page.ts'
import { prepared } from './prepared.ts'
import type { Page, PendingWake, Wake } from './store.ts'

/** Merged with one that has not begun: the earlier time counts. */
const addCohortWakes = insertion<'wakes'>(['cohort', 'always', 'position', 'due', 'begun'], ({ db }, rows) =>
  db
    .insertInto('wakes')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('cohort')
        .where(sql<boolean>`begun = 0 and cohort is not null`)
        .doUpdateSet(({ ref }) => ({ due: ref('excluded.due') }))
        .whereRef('excluded.due', '<', 'wakes.due'),
    ),
)
/** The same; and whoever is to be pushed anyway is, and whoever is to be pushed though it was seen. */
const addChannelWakes = insertion<'wakes'>(
  ['channel', 'always', 'position', 'due', 'begun', 'unseen_since'],
  ({ db }, rows) =>
    db
      .insertInto('wakes')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column('channel')
          .where(sql<boolean>`begun = 0 and channel is not null`)
          .doUpdateSet({
            due: sql<number>`case when excluded.due < wakes.due then excluded.due else wakes.due end`,
            always: sql<number>`case when excluded.always = 1 then 1 else wakes.always end`,
            unseen_since: sql<
              number | null
            >`case when wakes.unseen_since is null or wakes.unseen_since > excluded.unseen_since then wakes.unseen_since else excluded.unseen_since end`,
          })
          .where(
            sql<boolean>`(excluded.due < wakes.due or excluded.always > wakes.always or (excluded.unseen_since is null and wakes.unseen_since is not null) or excluded.unseen_since > wakes.unseen_since)`,
          ),
      ),
)

export async function wakeCohorts(session: Session, cohorts: readonly string[], due: Instant): Promise<void> {
  const rows = [...new Set(cohorts)].sort().map((cohort) => ({ cohort, always: 0, position: '', due, begun: 0 }))
  await addCohortWakes(session, rows)
}

export async function wakeChannels(
  session: Session,
  ids: readonly string[],
  due: Instant,
  whom: 'behind' | 'always',
  unseenSince: Instant | null = null,
): Promise<void> {
  const always = Number(whom === 'always')
  const row = { always, position: '', due, begun: 0, unseen_since: unseenSince }
  const rows = [...new Set(ids)].sort().map((channel) => ({ channel, ...row }))
  await addChannelWakes(session, rows)
}

const nextDue = prepared(({ db, dialect }, now: Instant, lapsed: Instant) =>
  dialect.lockFree(
    db
      .selectFrom('wakes')
      .select(['id', 'cohort', 'channel', 'always', 'position', 'due', 'unseen_since'])
      .where('due', '<=', now)
      .where((either) => either.or([either('leased_until', 'is', null), either('leased_until', '<=', lapsed)]))
      .orderBy('due')
      .orderBy('id')
      .limit(1),
  ),
)
const lease = prepared(({ db }, id: number, until: Instant) =>
  db.updateTable('wakes').set({ begun: 1, leased_until: until }).where('id', '=', id),
)

export async function takeWake(session: Session, now: Instant, leaseUntil: Instant): Promise<Wake | null> {
  const [row] = await nextDue(session, now, now)
  if (row === undefined) return null
  await lease(session, row.id, leaseUntil)
  const { id, cohort, channel, always, position, due, unseen_since } = row
  const whom = { always: always === 1, unseenSince: unseen_since }
  return { id, cohort, channel, ...whom, cursor: position, due, leasedUntil: leaseUntil }
}

/** A node whose lease lapsed does not take back what another did since: the cursor only goes forward. */
const advance = prepared(({ db }, id: number, position: string, until: Instant, notBeyond: string) =>
  db
    .updateTable('wakes')
    .set({ position, leased_until: until })
    .where('id', '=', id)
    .where('position', '<=', notBeyond),
)

export async function advanceWake(session: Session, wake: Wake, cursor: string, leaseUntil: Instant): Promise<void> {
  await advance(session, wake.id, cursor, leaseUntil, cursor)
}

const giveBack = prepared(({ db }, id: number, position: string, until: Instant) =>
  db.updateTable('wakes').set({ position, leased_until: null }).where('id', '=', id).where('leased_until', '=', until),
)

export async function giveBackWake(session: Session, { id, cursor, leasedUntil }: Wake): Promise<void> {
  await giveBack(session, id, cursor, leasedUntil)
}

export async function finishWake(session: Session, wake: Wake): Promise<void> {
  await run(session, session.db.deleteFrom('wakes').where('id', '=', wake.id))
}

/** What is for those alone that are not seen may never be sent, and does not count. */
export async function pendingWakes(session: Session): Promise<number> {
  const { db } = session
  const row = await first(
    session,
    db
      .selectFrom('wakes')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('unseen_since', 'is', null),
  )
  return row?.count ?? 0
}

/** Those that {@link pendingWakes} counts, by id, with how many channels a cohort has. */
export async function listedWakes(session: Session, cursor: string | null, limit: number): Promise<Page<PendingWake>> {
  const after = Number(cursor)
  const rows = await all(
    session,
    session.db
      .selectFrom('wakes as w')
      .select(['w.id', 'w.cohort', 'w.channel', 'w.due'])
      .select(({ selectFrom }) =>
        selectFrom('enrollments as e')
          .whereRef('e.cohort', '=', 'w.cohort')
          .where('e.state', '<>', 'left')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .as('channels'),
      )
      .where('w.unseen_since', 'is', null)
      .where('w.id', '>', Number.isSafeInteger(after) ? after : 0)
      .orderBy('w.id')
      .limit(limit + 1),
  )
  const wakes = rows.map(({ id, cohort, channel, due, channels }) => ({
    id,
    cohort,
    channel,
    due,
    channels: channel === null ? (channels ?? 0) : 1,
  }))
  return page(wakes, limit, ({ id }) => String(id))
}
