import type { Instant, Stage } from '@edict/core'
import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { page } from './page.ts'
import { prepared } from './prepared.ts'
import type { ChannelDiagnosis, CountedDiagnosis, DiagnosisCount, KeptDiagnosis, Page } from './store.ts'
import type { DiagnosesTable, EnrollmentsTable } from './tables.ts'
import { wantedToken } from './wanted-token.ts'

/** How far apart two looks at a channel are at least, in milliseconds, however much it says. */
const APART = 60_000

const byId = prepared(({ db }, id: string) => db.selectFrom('diagnoses').selectAll().where('enrollment', '=', id))

export async function diagnosis(session: Session, id: string): Promise<KeptDiagnosis | undefined> {
  const [row] = await byId(session, id)
  return row === undefined ? undefined : keptOf(row)
}

const dueBy = prepared(({ db }, now: Instant, limit: number) =>
  db.selectFrom('diagnoses').select('enrollment').where('due', '<=', now).orderBy('due').limit(limit),
)

export async function dueDiagnoses(session: Session, now: Instant, limit: number): Promise<readonly string[]> {
  return (await dueBy(session, now, limit)).map(({ enrollment }) => enrollment)
}

/** The earlier time counts, unless it comes too soon after the last look. */
const asked = sql<number>`case when diagnoses.looked_at + ${sql.lit(APART)} > excluded.due then diagnoses.looked_at + ${sql.lit(APART)} else excluded.due end`
const mark = insertion<'diagnoses'>(['enrollment', 'entry', 'due'], ({ db }, rows) =>
  db
    .insertInto('diagnoses')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('enrollment').doUpdateSet({ due: asked }).where(sql<boolean>`${asked} < diagnoses.due`),
    ),
)

/** Rows are written by id, so that two who mark many do not deadlock. */
export async function lookAgain(session: Session, ids: readonly string[], due: Instant): Promise<void> {
  await mark(
    session,
    [...new Set(ids)].sort().map((enrollment) => ({ enrollment, entry: 0, due })),
  )
}

const among = prepared(({ db, dialect }, ids: readonly string[]) =>
  dialect.lockRows(
    db
      .selectFrom('diagnoses')
      .selectAll()
      .where(dialect.oneOf(sql.ref('enrollment'), ids))
      .orderBy('enrollment'),
    'update',
  ),
)
const dueAmong = prepared(({ db, dialect }, ids: readonly string[], now: Instant) =>
  dialect.lockRows(
    db
      .selectFrom('diagnoses')
      .selectAll()
      .where(dialect.oneOf(sql.ref('enrollment'), ids))
      .where('due', '<=', now)
      .orderBy('enrollment'),
    'update',
  ),
)
const leaseAmong = prepared(({ db, dialect }, ids: readonly string[], until: Instant) =>
  db
    .updateTable('diagnoses')
    .set({ due: until })
    .where(dialect.oneOf(sql.ref('enrollment'), ids)),
)

export async function takeDiagnoses(
  session: Session,
  ids: readonly string[],
  now: Instant,
  leaseUntil: Instant,
): Promise<readonly KeptDiagnosis[]> {
  const rows = await dueAmong(session, ids, now)
  const taken = rows.map(({ enrollment }) => enrollment)
  if (taken.length > 0) await leaseAmong(session, taken, leaseUntil)
  return rows.map((row) => ({ ...keptOf(row), due: leaseUntil }))
}

export async function lockDiagnoses(session: Session, ids: readonly string[]): Promise<readonly KeptDiagnosis[]> {
  return (await among(session, ids)).map(keptOf)
}

const columns = [
  'enrollment',
  'code',
  'stage',
  'since',
  'found_code',
  'found_since',
  'wanted',
  'entry',
  'looked_at',
  'due',
] as const satisfies readonly (keyof DiagnosesTable)[]

const upsert = insertion<'diagnoses'>(columns, ({ db }, rows) =>
  db
    .insertInto('diagnoses')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('enrollment')
        .doUpdateSet((change) =>
          Object.fromEntries(
            columns.filter((name) => name !== 'enrollment').map((name) => [name, change.ref(`excluded.${name}`)]),
          ),
        ),
    ),
)

export async function saveDiagnoses(session: Session, kept: readonly KeptDiagnosis[]): Promise<void> {
  const rows = kept.map(rowOf)
  if (rows.length > 1) rows.sort((a, b) => (a.enrollment < b.enrollment ? -1 : 1))
  await upsert(session, rows)
}

export async function dropDiagnoses(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  await run(session, db.deleteFrom('diagnoses').where(dialect.oneOf(sql.ref('enrollment'), ids)))
}

/** Of channels that have not left. */
function present({ db }: Session) {
  return db
    .selectFrom('diagnoses as d')
    .innerJoin('enrollments as e', 'e.id', 'd.enrollment')
    .where('e.state', '<>', 'left')
}

export async function diagnosisCounts(session: Session): Promise<readonly DiagnosisCount[]> {
  const rows = await all(
    session,
    present(session)
      .where('d.code', 'is not', null)
      .select('d.code')
      .select(({ fn }) => [fn.countAll<number>().as('channels'), fn.min('d.since').as('oldest')])
      .groupBy('d.code')
      .orderBy('channels', 'desc')
      .orderBy('d.code'),
  )
  return rows.map(({ code, channels, oldest }) => ({ code: code ?? '', channels, oldest: oldest ?? 0 }))
}

export async function diagnosed(
  session: Session,
  code: string,
  cursor: string | null,
  limit: number,
): Promise<Page<CountedDiagnosis>> {
  const query = present(session)
    .where('d.code', '=', code)
    .select(['d.enrollment', 'd.code', 'd.stage', 'd.since', 'd.looked_at'])
    .orderBy('d.since')
    .orderBy('d.enrollment')
    .limit(limit + 1)
  const [, since, after] = /^(\d{1,15}) (.*)$/su.exec(cursor ?? '') ?? []
  const rows = await all(
    session,
    since === undefined || after === undefined
      ? query
      : query.where(sql<boolean>`(d.since, d.enrollment) > (${Number(since)}, ${after})`),
  )
  const found = rows.map((row) => ({
    enrollment: row.enrollment,
    code,
    stage: row.stage as Stage,
    since: row.since ?? 0,
    lookedAt: row.looked_at ?? 0,
  }))
  return page(found, limit, (one) => `${one.since} ${one.enrollment}`)
}

/** Whether a row says what a look now would find: nothing was said since, and nothing else is wanted. */
export const isFresh = sql<number>`case when d.code is not null and d.found_code is null and d.wanted = ${wantedToken}
  and d.entry >= coalesce((select max(t.sequence) from trace as t where t.enrollment = e.id), 0)
  and (e.last_seen_at is null or e.last_seen_at <= d.looked_at) then 1 else 0 end`

export async function channelDiagnoses(
  session: Session,
  cursor: string | null,
  limit: number,
): Promise<Page<ChannelDiagnosis>> {
  const rows = await all(
    session,
    session.db
      .selectFrom('enrollments as e')
      .innerJoin('cohorts as c', 'c.id', 'e.cohort')
      .leftJoin('diagnoses as d', 'd.enrollment', 'e.id')
      .where('e.id', '>', cursor ?? '')
      .where('e.state', '<>', 'left')
      .select(['e.id', 'e.last_seen_at', 'd.code', 'd.stage', 'd.since', 'd.looked_at', 'd.due', isFresh.as('fresh')])
      .orderBy('e.id')
      .limit(limit + 1),
  )
  return page(rows.map(channelDiagnosisOf), limit, ({ enrollment }) => enrollment)
}

/** What is kept of a channel, of a row that has it beside the enrollment. */
export function channelDiagnosisOf(
  row: Pick<EnrollmentsTable, 'id' | 'last_seen_at'> & {
    readonly [Name in 'code' | 'stage' | 'since' | 'looked_at' | 'due']: DiagnosesTable[Name] | null
  } & {
    readonly fresh: number
  },
): ChannelDiagnosis {
  return {
    enrollment: row.id,
    lastSeenAt: row.last_seen_at,
    counts:
      row.code === null || row.stage === null || row.since === null
        ? null
        : { code: row.code, stage: row.stage as Stage, since: row.since },
    lookedAt: row.looked_at,
    due: row.due,
    fresh: row.fresh === 1,
  }
}

function keptOf(row: DiagnosesTable): KeptDiagnosis {
  const { code, stage, since, found_code, found_since } = row
  return {
    enrollment: row.enrollment,
    counts: code === null || stage === null || since === null ? null : { code, stage: stage as Stage, since },
    found: found_code === null || found_since === null ? null : { code: found_code, since: found_since },
    wanted: row.wanted,
    entry: row.entry,
    lookedAt: row.looked_at,
    due: row.due,
  }
}

function rowOf({ enrollment, counts, found, wanted, entry, lookedAt, due }: KeptDiagnosis): DiagnosesTable {
  return {
    enrollment,
    code: counts?.code ?? null,
    stage: counts?.stage ?? null,
    since: counts?.since ?? null,
    found_code: found?.code ?? null,
    found_since: found?.since ?? null,
    wanted,
    entry,
    looked_at: lookedAt,
    due,
  }
}
