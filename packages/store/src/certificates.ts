import { accountColumn, accountIn } from './account-column.ts'
import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Revoked, StoredCertificate } from './store.ts'
import type { CertificatesTable } from './tables.ts'

const byFingerprint = prepared(({ db }, fingerprint: string) =>
  db.selectFrom('certificates').selectAll().where('fingerprint', '=', fingerprint),
)
const byAskedWith = prepared(({ db }, askedWith: string) =>
  db.selectFrom('certificates').selectAll().where('asked_with', '=', askedWith),
)
const alive = prepared(({ db }, authority: string, now: number) =>
  db
    .selectFrom('certificates')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('authority', '=', authority)
    .where('not_after', '>=', now)
    .where('revoked_at', 'is', null),
)

export async function certificate(session: Session, fingerprint: string): Promise<StoredCertificate | undefined> {
  return (await byFingerprint(session, fingerprint)).map(certificateOf)[0]
}

export async function certificateAskedWith(
  session: Session,
  askedWith: string,
): Promise<StoredCertificate | undefined> {
  return (await byAskedWith(session, askedWith)).map(certificateOf)[0]
}

export async function aliveOf(session: Session, authority: string, now: number): Promise<number> {
  return Number((await alive(session, authority, now))[0]?.count ?? 0)
}

/** Whether it was added. Of two that were asked for with the same the one that commits first stands, on any node. */
export async function addCertificate(session: Session, added: StoredCertificate): Promise<boolean> {
  const { askedWith, transactionId, requestHash, issuedAt, notAfter, revoked, ...same } = added
  const row = {
    ...same,
    asked_with: askedWith,
    transaction_id: transactionId,
    request_hash: requestHash,
    issued_at: issuedAt,
    not_after: notAfter,
    account: accountColumn(added),
    revoked_at: revoked?.at ?? null,
    revoked_why: revoked?.why ?? null,
  }
  const insert = session.db
    .insertInto('certificates')
    .values(row)
    .onConflict((conflict) => conflict.column('asked_with').doNothing())
  return (await run(session, insert)) === 1
}

export async function revokeCertificates(session: Session, enrollment: string, { at, why }: Revoked): Promise<number> {
  const change = session.db.updateTable('certificates').set({ revoked_at: at, revoked_why: why })
  return run(session, change.where('enrollment', '=', enrollment).where('revoked_at', 'is', null))
}

function certificateOf(row: CertificatesTable): StoredCertificate {
  return {
    fingerprint: row.fingerprint,
    authority: row.authority,
    serial: row.serial,
    subject: row.subject,
    enrollment: row.enrollment,
    askedWith: row.asked_with,
    transactionId: row.transaction_id,
    requestHash: row.request_hash,
    der: new Uint8Array(row.der),
    issuedAt: row.issued_at,
    notAfter: row.not_after,
    ...accountIn(row),
    revoked: row.revoked_at === null ? null : { at: row.revoked_at, why: row.revoked_why ?? '' },
  }
}
