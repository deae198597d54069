import { sql } from 'kysely'
import { all, first, run, type Session } from './dialect/dialect.ts'
import { insertion } from './insertion.ts'
import { page } from './page.ts'
import { prepared } from './prepared.ts'
import type { ExpectedDevice, Page } from './store.ts'
import type { ExpectedTable } from './tables.ts'

const bySerial = prepared(({ db }, serial: string) =>
  db.selectFrom('expected').selectAll().where('serial', '=', serial),
)
/** Of several serial numbers that one device has shown, the last. */
const byDevice = prepared(({ db }, udid: string) =>
  db.selectFrom('expected').selectAll().where('udid', '=', udid).orderBy('given_at', 'desc').orderBy('serial').limit(1),
)

export async function expectedDevice(
  session: Session,
  by: { readonly serial: string } | { readonly device: string },
): Promise<ExpectedDevice | undefined> {
  const [row] = 'serial' in by ? await bySerial(session, by.serial) : await byDevice(session, by.device)
  return row === undefined ? undefined : expectedOf(row)
}

/** By serial number. */
export async function expectedDevices(
  session: Session,
  cursor: string | null,
  limit: number,
): Promise<Page<ExpectedDevice>> {
  const from = session.db
    .selectFrom('expected')
    .selectAll()
    .where('serial', '>', cursor ?? '')
  const rows = await all(session, from.orderBy('serial').limit(limit + 1))
  return page(rows.map(expectedOf), limit, ({ serial }) => serial)
}

export async function notYetEnrolled(session: Session): Promise<number> {
  const row = await first(
    session,
    session.db
      .selectFrom('expected')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('given_at', 'is', null),
  )
  return row?.count ?? 0
}

/** What is known of a device that was expected before stays: the wish is replaced. */
const put = insertion<'expected'>(['serial', 'awaits', 'shared', 'note', 'expected_at'], ({ db }, rows) =>
  db
    .insertInto('expected')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('serial').doUpdateSet(({ ref }) => ({
        awaits: ref('excluded.awaits'),
        shared: ref('excluded.shared'),
        note: ref('excluded.note'),
      })),
    ),
)

export async function putExpected(
  session: Session,
  devices: readonly Omit<ExpectedDevice, 'device' | 'givenAt'>[],
): Promise<void> {
  // One row a serial, the last one counts; in order, so that two writers of many do not deadlock.
  const rows = [...new Map(devices.map((one) => [one.serial, one])).values()]
    .sort((a, b) => (a.serial < b.serial ? -1 : 1))
    .map(({ serial, awaits, shared, note, expectedAt }) => ({
      serial,
      awaits: Number(awaits),
      shared: Number(shared),
      note,
      expected_at: expectedAt,
    }))
  await put(session, rows)
}

export async function forgetExpected(session: Session, serials: readonly string[]): Promise<number> {
  const { db, dialect } = session
  return run(session, db.deleteFrom('expected').where(dialect.oneOf(sql.ref('serial'), serials)))
}

export async function noteGiven(session: Session, serial: string, device: string, at: number): Promise<boolean> {
  const change = session.db.updateTable('expected').set({ udid: device, given_at: at }).where('serial', '=', serial)
  return (await run(session, change)) === 1
}

function expectedOf(row: ExpectedTable): ExpectedDevice {
  return {
    serial: row.serial,
    awaits: row.awaits === 1,
    shared: row.shared === 1,
    note: row.note,
    expectedAt: row.expected_at,
    device: row.udid,
    givenAt: row.given_at,
  }
}
