import type { Body, CapabilitiesByHash, Cohort, CohortChange, CommonHalf, OwnValues, Particulars } from '@edict/core'
import type { ClientCapabilities } from '@edict/protocol'
import { type Selectable, sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { BodiesTable, CohortsTable } from './tables.ts'

const halfByToken = prepared(({ db }, token: string) =>
  db.selectFrom('halves').select(['token', 'items']).where('token', '=', token),
)
const valuesByToken = prepared(({ db }, token: string) =>
  db.selectFrom('own_values').select('content').where('token', '=', token),
)
const bodyByToken = prepared(({ db }, token: string) => db.selectFrom('bodies').selectAll().where('token', '=', token))
const bodiesByToken = prepared(({ db, dialect }, tokens: readonly string[]) =>
  db
    .selectFrom('bodies')
    .selectAll()
    .where(dialect.oneOf(sql.ref('token'), tokens)),
)
const cohortById = prepared(({ db }, id: string) => db.selectFrom('cohorts').selectAll().where('id', '=', id))
const capabilitiesFor = prepared(({ db, dialect }, hashes: readonly string[]) =>
  db
    .selectFrom('capabilities')
    .select(['hash', 'content'])
    .where(dialect.oneOf(sql.ref('hash'), hashes)),
)

export async function half(session: Session, common: string): Promise<CommonHalf | undefined> {
  const [row] = await halfByToken(session, common)
  return row === undefined ? undefined : { token: row.token, items: JSON.parse(row.items) as CommonHalf['items'] }
}

export async function values(session: Session, own: string): Promise<OwnValues | undefined> {
  const [row] = await valuesByToken(session, own)
  return row === undefined ? undefined : (JSON.parse(row.content) as OwnValues)
}

export async function particulars(session: Session, token: string): Promise<Particulars | undefined> {
  const [row] = await valuesByToken(session, token)
  return row === undefined ? undefined : (JSON.parse(row.content) as Particulars)
}

export async function body(session: Session, serverToken: string): Promise<Body | undefined> {
  const [row] = await bodyByToken(session, serverToken)
  return row === undefined ? undefined : bodyOf(row)
}

export async function bodies(session: Session, serverTokens: readonly string[]): Promise<readonly Body[]> {
  return serverTokens.length === 0 ? [] : (await bodiesByToken(session, serverTokens)).map(bodyOf)
}

export async function cohort(session: Session, id: string): Promise<Cohort | undefined> {
  const [row] = await cohortById(session, id)
  return row === undefined ? undefined : cohortOf(row)
}

export async function cohorts(session: Session): Promise<readonly Cohort[]> {
  return (await all(session, session.db.selectFrom('cohorts').selectAll().orderBy('id'))).map(cohortOf)
}

export async function capabilitiesByHash(session: Session, hashes: readonly string[]): Promise<CapabilitiesByHash> {
  if (hashes.length === 0) return new Map()
  const rows = await capabilitiesFor(session, hashes)
  return new Map(rows.map((row) => [row.hash, JSON.parse(row.content) as ClientCapabilities]))
}

/** What is content-addressed is added when it is not there; when it is, somebody refers to it from now on. */
const addCapabilities = insertion<'capabilities'>(['hash', 'content'], ({ db }, rows) =>
  db
    .insertInto('capabilities')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('hash').doUpdateSet({ orphaned_at: null }).where('capabilities.orphaned_at', 'is not', null),
    ),
)
const addValues = insertion<'own_values'>(['token', 'content'], ({ db }, rows) =>
  db
    .insertInto('own_values')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('token').doUpdateSet({ orphaned_at: null }).where('own_values.orphaned_at', 'is not', null),
    ),
)
const addHalves = insertion<'halves'>(['token', 'items'], ({ db }, rows) =>
  db
    .insertInto('halves')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('token').doUpdateSet({ orphaned_at: null }).where('halves.orphaned_at', 'is not', null),
    ),
)
const addBodies = insertion<'bodies'>(['token', 'kind', 'identifier', 'type', 'payload', 'reapply'], ({ db }, rows) =>
  db
    .insertInto('bodies')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('token').doUpdateSet({ orphaned_at: null }).where('bodies.orphaned_at', 'is not', null),
    ),
)
const addCohorts = insertion<'cohorts'>(['id', 'key', 'common', 'since', 'revision', 'left_out'], ({ db }, rows) =>
  db
    .insertInto('cohorts')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing()),
)
const replaceCohorts = insertion<'cohorts'>(['id', 'key', 'common', 'since', 'revision', 'left_out'], ({ db }, rows) =>
  db
    .insertInto('cohorts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        key: ref('excluded.key'),
        common: ref('excluded.common'),
        since: ref('excluded.since'),
        revision: ref('excluded.revision'),
        left_out: ref('excluded.left_out'),
        orphaned_at: null,
      })),
    ),
)

export async function putCapabilities(session: Session, hash: string, content: ClientCapabilities): Promise<void> {
  await addCapabilities(session, [{ hash, content: JSON.stringify(content) }])
}

export async function putValues(
  session: Session,
  byToken: ReadonlyMap<string, OwnValues | Particulars>,
): Promise<void> {
  const rows = [...byToken].map(([token, content]) => ({ token, content: JSON.stringify(content) }))
  await addValues(session, rows.sort(byKey(({ token }) => token)))
}

export async function saveCohorts(
  session: Session,
  changes: readonly CohortChange[],
  how: 'create' | 'change',
): Promise<void> {
  const distinct = [...new Map(changes.map((change) => [change.cohort.id, change])).values()]
  const present = how === 'create' ? await keptCohorts(session, distinct) : new Set<string>()
  const written = distinct.filter((change) => !present.has(change.cohort.id)).sort(byKey(({ cohort: { id } }) => id))
  if (written.length === 0) return
  const halves = new Map(written.map(({ manifest }) => [manifest.half.token, manifest.half]))
  const parts = new Map(written.flatMap(({ manifest }) => manifest.bodies.map((one) => [one.serverToken, one])))
  await addBodies(session, [...parts.values()].map(bodyRow).sort(byKey(({ token }) => token)))
  await addHalves(
    session,
    [...halves.values()]
      .map(({ token, items }) => ({ token, items: JSON.stringify(items) }))
      .sort(byKey(({ token }) => token)),
  )
  const write = how === 'create' ? addCohorts : replaceCohorts
  await write(
    session,
    written.map((change) => cohortRow(change.cohort)),
  )
}

/** Those that are there already, from now on referred to. */
async function keptCohorts(session: Session, changes: readonly CohortChange[]): Promise<ReadonlySet<string>> {
  const { db, dialect } = session
  const ids = changes.map((change) => change.cohort.id)
  const isOne = dialect.oneOf(sql.ref('id'), ids)
  const rows = await all(session, db.selectFrom('cohorts').select(['id', 'orphaned_at']).where(isOne))
  if (rows.some((row) => row.orphaned_at !== null)) {
    await run(
      session,
      db.updateTable('cohorts').set({ orphaned_at: null }).where(isOne).where('orphaned_at', 'is not', null),
    )
  }
  return new Set(rows.map((row) => row.id))
}

function cohortRow({ id, key, common, since, revision, leftOut }: Cohort) {
  return { id, key: JSON.stringify(key), common, since, revision, left_out: JSON.stringify(leftOut) }
}

function cohortOf({ id, key, common, since, revision, left_out }: Selectable<CohortsTable>): Cohort {
  return {
    id,
    key: JSON.parse(key) as Cohort['key'],
    common,
    since,
    revision,
    leftOut: JSON.parse(left_out) as Cohort['leftOut'],
  }
}

function bodyRow({ serverToken, kind, identifier, type, payload, reapply }: Body) {
  return { token: serverToken, kind, identifier, type, payload, reapply }
}

function bodyOf({ token, kind, identifier, type, payload, reapply }: Selectable<BodiesTable>): Body {
  return { serverToken: token, kind: kind as Body['kind'], identifier, type, payload, reapply }
}

/** Two writers that add the same rows add them in the same order. */
function byKey<T>(keyOf: (row: T) => string): (a: T, b: T) => number {
  return (a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)
}
