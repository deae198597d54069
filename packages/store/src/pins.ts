import { sql } from 'kysely'
import { accountColumn, accountIn } from './account-column.ts'
import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Pin } from './store.ts'
import type { PinsTable } from './tables.ts'
import { together } from './together.ts'

const byFingerprint = prepared(({ db }, fingerprint: string) =>
  db.selectFrom('pins').selectAll().where('fingerprint', '=', fingerprint),
)
const byEnrollment = prepared(({ db }, device: string) =>
  db.selectFrom('pins').selectAll().where('enrollment', '=', device).orderBy('pinned_at').orderBy('fingerprint'),
)

const byFingerprints = prepared(({ db, dialect }, fingerprints: readonly string[]) =>
  db
    .selectFrom('pins')
    .selectAll()
    .where(dialect.oneOf(sql.ref('fingerprint'), fingerprints)),
)

/** Reads a pin, with those that are asked for at the same time. */
export function pinsTogether(session: Session): (fingerprint: string) => Promise<Pin | undefined> {
  return together(
    (fingerprint) => pin(session, fingerprint),
    (all) => pinsAmong(session, all),
  )
}

export async function pinsAmong(session: Session, fingerprints: readonly string[]): Promise<ReadonlyMap<string, Pin>> {
  return new Map((await byFingerprints(session, fingerprints)).map((row) => [row.fingerprint, pinOf(row)]))
}

export async function pin(session: Session, fingerprint: string): Promise<Pin | undefined> {
  const [row] = await byFingerprint(session, fingerprint)
  return row === undefined ? undefined : pinOf(row)
}

export async function pinsOf(session: Session, device: string): Promise<readonly Pin[]> {
  return (await byEnrollment(session, device)).map(pinOf)
}

/** Whether it was added. Of two that are not allowed beside each other the one that commits first stands, on any node. */
export async function addPin(session: Session, added: Pin): Promise<boolean> {
  const { fingerprint, enrollment, state, pinnedAt, notAfter, revokedAt, why } = added
  const row = { fingerprint, enrollment, state, pinned_at: pinnedAt, not_after: notAfter, revoked_at: revokedAt, why }
  const insert = session.db
    .insertInto('pins')
    .values({ ...row, account: accountColumn(added) })
    .onConflict((conflict) => conflict.doNothing())
  return (await run(session, insert)) === 1
}

export async function promotePin(session: Session, fingerprint: string): Promise<boolean> {
  const next = session.db.updateTable('pins').set({ state: 'current' }).where('fingerprint', '=', fingerprint)
  return (await run(session, next.where('state', '=', 'next'))) === 1
}

export async function revokePins(
  session: Session,
  fingerprints: readonly string[],
  { at, why }: { readonly at: number; readonly why: string },
): Promise<void> {
  const { db, dialect } = session
  const these = dialect.oneOf(sql.ref('fingerprint'), fingerprints)
  const change = db.updateTable('pins').set({ state: 'revoked', revoked_at: at, why })
  await run(session, change.where(these).where('state', '!=', 'revoked'))
}

function pinOf(row: PinsTable): Pin {
  return {
    fingerprint: row.fingerprint,
    enrollment: row.enrollment,
    state: row.state as Pin['state'],
    pinnedAt: row.pinned_at,
    notAfter: row.not_after,
    revokedAt: row.revoked_at,
    why: row.why,
    ...accountIn(row),
  }
}
