import { canonical, type Instant, type ReportedState } from '@edict/core'
import type { Json } from '@edict/protocol'
import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { nameKey, valueKey } from './name-key.ts'
import { prepared } from './prepared.ts'
import type { StoredItem, StoredReport } from './store.ts'
import type { Tables } from './tables.ts'

const statesFor = prepared(({ db }, id: string) => db.selectFrom('states').selectAll().where('enrollment', '=', id))
const itemsFor = prepared(({ db }, id: string) =>
  db.selectFrom('status_items').selectAll().where('enrollment', '=', id).orderBy('name'),
)
const itemsNamed = prepared(({ db, dialect }, id: string, names: readonly string[]) =>
  db
    .selectFrom('status_items')
    .selectAll()
    .where('enrollment', '=', id)
    .where(dialect.oneOf(sql.ref('name'), names))
    .orderBy('name'),
)

export async function states(session: Session, id: string): Promise<readonly ReportedState[]> {
  const [row] = await statesFor(session, id)
  return row === undefined ? [] : (JSON.parse(row.content) as readonly ReportedState[])
}

export async function statesReportedAt(session: Session, id: string): Promise<Instant | null> {
  const [row] = await statesFor(session, id)
  return row?.at ?? null
}

const putStates = insertion<'states'>(['enrollment', 'content', 'at'], ({ db }, rows) =>
  db
    .insertInto('states')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('enrollment')
        .doUpdateSet(({ ref }) => ({ content: ref('excluded.content'), at: ref('excluded.at') })),
    ),
)

export async function saveStates(
  session: Session,
  id: string,
  content: readonly ReportedState[],
  at: Instant,
): Promise<void> {
  await putStates(session, [{ enrollment: id, content: JSON.stringify(content), at }])
}

export async function items(session: Session, id: string, names?: readonly string[]): Promise<readonly StoredItem[]> {
  const rows = names === undefined ? await itemsFor(session, id) : await itemsNamed(session, id, names.map(nameKey))
  return rows.map(itemOf)
}

/** The item that a row keeps. */
export function itemOf(row: Pick<Tables['status_items'], 'name' | 'long_name' | 'value' | 'at'>): StoredItem {
  return { name: row.long_name ?? row.name, value: JSON.parse(row.value) as Json, at: row.at }
}

const putItems = insertion<'status_items'>(
  ['enrollment', 'name', 'long_name', 'value', 'value_key', 'at'],
  ({ db }, rows) =>
    db
      .insertInto('status_items')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['enrollment', 'name']).doUpdateSet(({ ref }) => ({
          value: ref('excluded.value'),
          value_key: ref('excluded.value_key'),
          at: ref('excluded.at'),
        })),
      ),
)
const dropItems = prepared(({ db, dialect }, id: string, names: readonly string[]) =>
  db
    .deleteFrom('status_items')
    .where('enrollment', '=', id)
    .where(dialect.oneOf(sql.ref('name'), names)),
)

export async function saveItems(
  session: Session,
  id: string,
  put: readonly StoredItem[],
  gone: readonly string[],
): Promise<void> {
  if (gone.length > 0) await dropItems(session, id, gone.map(nameKey))
  const rows = new Map(put.map((item) => [item.name, itemRow(id, item)]))
  await putItems(session, [...rows.values()])
}

function itemRow(enrollment: string, { name, value, at }: StoredItem) {
  const text = canonical(value)
  const key = nameKey(name)
  const long_name = key === name ? null : name
  return { enrollment, name: key, long_name, value: text, value_key: valueKey(text), at }
}

const addOne = prepared(
  ({ db }, enrollment: string, at: Instant, full_report: number, raw: string, flaw: string | null) =>
    db.insertInto('reports').values({ enrollment, at, full_report, raw, flaw }).returning('sequence'),
)
const dropBeyond = prepared(({ db }, id: string, keep: number) =>
  db
    .deleteFrom('reports')
    .where('enrollment', '=', id)
    .where('sequence', '<=', ({ selectFrom }) =>
      selectFrom('reports as r')
        .select('r.sequence')
        .where('r.enrollment', '=', id)
        .orderBy('r.sequence', 'desc')
        .limit(1)
        .offset(keep),
    ),
)

export async function addReport(
  session: Session,
  id: string,
  report: Omit<StoredReport, 'sequence'>,
  keep: number,
): Promise<number> {
  const [added] = await addOne(session, id, report.at, Number(report.full), report.raw, report.flaw)
  await dropBeyond(session, id, keep)
  return added?.sequence ?? 0
}

/** Newest first. */
export async function reports(session: Session, id: string): Promise<readonly StoredReport[]> {
  const { db } = session
  const rows = await all(
    session,
    db.selectFrom('reports').selectAll().where('enrollment', '=', id).orderBy('sequence', 'desc'),
  )
  return rows.map(({ sequence, at, full_report, raw, flaw }) => ({ sequence, at, full: full_report === 1, raw, flaw }))
}

/** Forgets what channels reported: a new enrollment period. */
export async function forgetStatus(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  const theirs = dialect.oneOf(sql.ref('enrollment'), ids)
  await run(session, db.deleteFrom('status_items').where(theirs))
  await run(session, db.deleteFrom('states').where(theirs))
  await run(session, db.deleteFrom('reports').where(theirs))
}
