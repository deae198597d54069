import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { prepared } from './prepared.ts'
import type { AwaitedDevice } from './store.ts'
import type { ImportsTable } from './tables.ts'

const byEnrollment = prepared(({ db }, device: string) =>
  db.selectFrom('imports').selectAll().where('enrollment', '=', device),
)
const byCertificate = prepared(({ db }, fingerprint: string) =>
  db.selectFrom('imports').selectAll().where('certificate', '=', fingerprint),
)

export async function awaited(
  session: Session,
  by: { readonly device: string } | { readonly certificate: string },
): Promise<AwaitedDevice | undefined> {
  const [row] = 'device' in by ? await byEnrollment(session, by.device) : await byCertificate(session, by.certificate)
  return row === undefined ? undefined : awaitedOf(row)
}

/** Ids of those whose id or serial number is one of these. */
export async function awaitedAmong(session: Session, names: readonly string[]): Promise<readonly string[]> {
  const { db, dialect } = session
  const select = db.selectFrom('imports').select('enrollment')
  const byId = select.where(dialect.oneOf(sql.ref('enrollment'), names))
  const rows = await all(session, byId.union(select.where(dialect.oneOf(sql.ref('serial'), names))))
  return rows.map((row) => row.enrollment)
}

const columns = ['enrollment', 'certificate', 'serial', 'at'] as const

const insert = insertion<'imports', { readonly enrollment: string }>(columns, ({ db }, rows) =>
  db
    .insertInto('imports')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('enrollment'),
)

/** Ids of those that were added: not of one whose certificate another one is awaited with. What was said of them before is replaced. */
export async function addAwaited(session: Session, added: readonly AwaitedDevice[]): Promise<ReadonlySet<string>> {
  const rows = added.map((one) => ({
    enrollment: one.device,
    certificate: one.certificate,
    serial: one.serial,
    at: one.at,
  }))
  // By id, so that two writers of many do not deadlock.
  rows.sort((a, b) => (a.enrollment < b.enrollment ? -1 : 1))
  await endAwaited(
    session,
    rows.map(({ enrollment }) => enrollment),
  )
  return new Set((await insert(session, rows)).map(({ enrollment }) => enrollment))
}

export async function endAwaited(session: Session, devices: readonly string[]): Promise<number> {
  const { db, dialect } = session
  return run(session, db.deleteFrom('imports').where(dialect.oneOf(sql.ref('enrollment'), devices)))
}

function awaitedOf({ enrollment, certificate, serial, at }: ImportsTable): AwaitedDevice {
  return { device: enrollment, certificate, serial, at }
}
