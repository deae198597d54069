import { type Cohort, type CommonHalf, halves as halvesOf, type Instant } from '@edict/core'
import { type Compilable, type RawBuilder, sql } from 'kysely'
import { lockRevision } from './declared.ts'
import { all, run, type Session } from './dialect/dialect.ts'

/**
 * How long nobody must have referred to a row before it goes. A unit of work that answers a manifest does not lock the
 * revision: it may be about to write down a half that stopped being wanted a moment ago.
 */
const GRACE = 10 * 60_000

/**
 * Deletes cohorts without channels, and of what is content-addressed what no cohort wants, no channel was shown and no
 * kept manifest lists. A row goes when two collections at least {@link GRACE} apart, and all between them, found nobody
 * referring to it.
 */
export async function collectGarbage(session: Session, now: Instant): Promise<number> {
  await lockRevision(session, 'update')
  const cohorts = await collectCohorts(session, now)
  const shown = (await distinct(session, 'shown'))
    .flatMap((text) => JSON.parse(text) as readonly string[])
    .map(halvesOf)
  const values = await collectValues(session, new Set(shown.flatMap(({ own, particulars }) => [own, particulars])), now)
  const common = new Set([...cohorts.kept.map((row) => row.common), ...shown.map((token) => token.common)])
  const halves = await collectHalves(session, common, now)
  const listed = new Set(
    halves.kept.flatMap((row) => JSON.parse(row.items) as CommonHalf['items']).map(({ hash }) => hash),
  )
  const bodies = await collectBodies(session, listed, now)
  const gating = cohorts.kept.map((row) => (JSON.parse(row.key) as Cohort['key']).eligibility.capabilities)
  const reported = await distinct(session, 'capabilities')
  const known = await collectCapabilities(session, new Set([...gating, ...reported]), now)
  return cohorts.gone + values.gone + halves.gone + bodies.gone + known.gone
}

async function collectCohorts(session: Session, now: Instant) {
  const { db } = session
  const rows = await all(session, db.selectFrom('cohorts').select(['id', 'key', 'common', 'orphaned_at']))
  const woken = await all(session, db.selectFrom('wakes').select('cohort').distinct())
  const used = new Set([...(await distinct(session, 'cohort')), ...woken.map((row) => row.cohort)])
  return sweep(session, { table: 'cohorts', key: 'id' }, keyed(rows, 'id'), used, now)
}

/** There are more of them than channels: each has its particulars, and many have properties. So what is used is not read. */
async function collectValues(session: Session, shown: ReadonlySet<string | null>, now: Instant) {
  const { db } = session
  const wanted = db
    .selectFrom('enrollments')
    .select('own')
    .union(db.selectFrom('enrollments').select('particulars as own'))
  const again = db.updateTable('own_values').set({ orphaned_at: null }).where('orphaned_at', 'is not', null)
  await run(session, again.where('token', 'in', wanted))
  const unwanted = db.selectFrom('own_values').select(['token', 'orphaned_at']).where('token', 'not in', wanted)
  const rows = await all(session, unwanted)
  return sweep(session, { table: 'own_values', key: 'token' }, keyed(rows, 'token'), shown, now)
}

async function collectHalves(session: Session, used: ReadonlySet<string>, now: Instant) {
  const rows = await all(session, session.db.selectFrom('halves').select(['token', 'items', 'orphaned_at']))
  return sweep(session, { table: 'halves', key: 'token' }, keyed(rows, 'token'), used, now)
}

async function collectBodies(session: Session, used: ReadonlySet<string>, now: Instant) {
  const rows = await all(session, session.db.selectFrom('bodies').select(['token', 'orphaned_at']))
  return sweep(session, { table: 'bodies', key: 'token' }, keyed(rows, 'token'), used, now)
}

async function collectCapabilities(session: Session, used: ReadonlySet<string | null>, now: Instant) {
  const rows = await all(session, session.db.selectFrom('capabilities').select(['hash', 'orphaned_at']))
  return sweep(session, { table: 'capabilities', key: 'hash' }, keyed(rows, 'hash'), used, now)
}

async function distinct(session: Session, column: 'cohort' | 'shown' | 'capabilities'): Promise<readonly string[]> {
  const rows = await all(session, session.db.selectFrom('enrollments').select(`${column} as it`).distinct())
  return rows.flatMap(({ it }) => (it === null ? [] : [it]))
}

interface Swept {
  readonly table: 'cohorts' | 'halves' | 'own_values' | 'bodies' | 'capabilities'
  readonly key: 'id' | 'token' | 'hash'
}

interface Keyed<R> {
  readonly key: string
  readonly orphanedAt: Instant | null
  readonly row: R
}

function keyed<K extends string, R extends { readonly [key in K]: string } & { readonly orphaned_at: Instant | null }>(
  rows: readonly R[],
  key: K,
): readonly Keyed<R>[] {
  return rows.map((row) => ({ key: row[key], orphanedAt: row.orphaned_at, row }))
}

/** Marks what nobody refers to, unmarks what somebody does again, and deletes what has been marked long enough. */
async function sweep<R>(
  session: Session,
  { table, key }: Swept,
  rows: readonly Keyed<R>[],
  used: ReadonlySet<string | null>,
  now: Instant,
): Promise<{ readonly kept: readonly R[]; readonly gone: number }> {
  const change = async (statement: RawBuilder<unknown>, chosen: readonly Keyed<R>[]): Promise<void> => {
    if (chosen.length === 0) return
    const isChosen = session.dialect.oneOf(
      sql.ref(key),
      chosen.map((one) => one.key),
    )
    await run(session, compilable(session, sql`${statement} where ${isChosen}`))
  }
  const orphans = rows.filter((one) => !used.has(one.key))
  const gone = new Set(orphans.filter(({ orphanedAt }) => orphanedAt !== null && orphanedAt <= now - GRACE))
  const again = rows.filter((one) => one.orphanedAt !== null && used.has(one.key))
  const news = orphans.filter((one) => one.orphanedAt === null)
  await change(sql`update ${sql.table(table)} set orphaned_at = null`, again)
  await change(sql`update ${sql.table(table)} set orphaned_at = ${now}`, news)
  await change(sql`delete from ${sql.table(table)}`, [...gone])
  return { kept: rows.filter((one) => !gone.has(one)).map(({ row }) => row), gone: gone.size }
}

function compilable(session: Session, statement: RawBuilder<unknown>): Compilable<unknown> {
  return { compile: () => statement.compile(session.db) }
}
