import type { Enrollment } from '@edict/core'
import { sql } from 'kysely'
import { all, type Session } from './dialect/dialect.ts'
import { channelOf, enrollmentColumns, enrollmentRow, tellingColumns } from './enrollment-row.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { Channel } from './store.ts'

/** Enrollments with what their cohorts say. */
export function selectChannels(session: Session) {
  return session.db
    .selectFrom('enrollments as e')
    .innerJoin('cohorts as c', 'c.id', 'e.cohort')
    .select(tellingColumns.map((name) => `e.${name}` as const))
    .select(['c.common as cohort_common', 'c.since as cohort_since'])
}

const byId = prepared((session, id: string) => selectChannels(session).where('e.id', '=', id))
const byDevice = prepared((session, device: string) =>
  selectChannels(session).where('e.device', '=', device).orderBy('e.id'),
)
const byIds = prepared((session, ids: readonly string[]) =>
  selectChannels(session)
    .where(session.dialect.oneOf(sql.ref('e.id'), ids))
    .orderBy('e.id'),
)
const lockedIds = prepared((session, ids: readonly string[]) => {
  const { db, dialect } = session
  const rows = db
    .selectFrom('enrollments')
    .select('id')
    .where(dialect.oneOf(sql.ref('id'), ids))
  return dialect.lockRows(rows.orderBy('id'), 'update')
})

export async function channel(session: Session, id: string): Promise<Channel | undefined> {
  const [row] = await byId(session, id)
  return row === undefined ? undefined : channelOf(row)
}

export async function channelsOf(session: Session, device: string): Promise<readonly Channel[]> {
  return (await byDevice(session, device)).map(channelOf)
}

/** Those of these that there are, by id. */
export async function channelsByIds(session: Session, ids: readonly string[]): Promise<readonly Channel[]> {
  return (await byIds(session, ids)).map(channelOf)
}

/**
 * Locks rows by id and reads them afterwards, in a statement of its own: one that locks and joins at once would join with
 * the cohort as it was before the lock was had.
 */
export async function lockChannels(session: Session, ids: readonly string[]): Promise<readonly Channel[]> {
  if (session.dialect.locksRows) await lockedIds(session, ids)
  if (ids.length === 1 && ids[0] !== undefined) return (await byId(session, ids[0])).map(channelOf)
  return channelsByIds(session, ids)
}

export async function existing(session: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { db, dialect } = session
  const rows = await all(
    session,
    db
      .selectFrom('enrollments')
      .select('id')
      .where(dialect.oneOf(sql.ref('id'), ids)),
  )
  return new Set(rows.map((row) => row.id))
}

export async function withUsers(session: Session, ids: readonly string[]): Promise<readonly string[]> {
  const { db, dialect } = session
  const select = db.selectFrom('enrollments').select('id')
  const these = select.where(dialect.oneOf(sql.ref('id'), ids))
  const rows = await all(session, these.union(select.where(dialect.oneOf(sql.ref('device'), ids))).orderBy('id'))
  return rows.map((row) => row.id)
}

const upsert = insertion<'enrollments'>(enrollmentColumns, ({ db }, rows) =>
  db
    .insertInto('enrollments')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((change) =>
          Object.fromEntries(
            enrollmentColumns.filter((name) => name !== 'id').map((name) => [name, change.ref(`excluded.${name}`)]),
          ),
        ),
    ),
)

/** Of an id that is there twice the last counts. Rows are written by id, so that two writers of many do not deadlock. */
export async function saveEnrollments(session: Session, enrollments: readonly Enrollment[]): Promise<void> {
  const rows = [...new Map(enrollments.map((one) => [one.id, enrollmentRow(one)])).values()]
  if (rows.length > 1) rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  await upsert(session, rows)
}

const pageOfCohort = prepared((session, cohort: string, cursor: string, limit: number) =>
  selectChannels(session)
    .where('e.cohort', '=', cohort)
    .where('e.state', '=', 'enrolled')
    .where('e.id', '>', cursor)
    .orderBy('e.id')
    .limit(limit),
)

export async function cohortPage(
  session: Session,
  cohort: string,
  cursor: string,
  limit: number,
): Promise<readonly Channel[]> {
  return (await pageOfCohort(session, cohort, cursor, limit)).map(channelOf)
}
