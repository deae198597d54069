import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { PushCertificate } from './store.ts'
import type { PushCertificatesTable } from './tables.ts'

/** Certificates of which the newest came last, then what was asked for, the newest first. */
const everyOne = prepared(({ db }) =>
  db
    .selectFrom('push_certificates')
    .selectAll()
    .orderBy('imported_at', 'desc')
    .orderBy('made_at', 'desc')
    .orderBy('id'),
)

export async function pushCertificates(session: Session): Promise<readonly PushCertificate[]> {
  const rows = (await everyOne(session)).map(certificateOf)
  // The databases differ in where they put null.
  return [
    ...rows.filter(({ importedAt }) => importedAt !== null),
    ...rows.filter(({ importedAt }) => importedAt === null),
  ]
}

/** Adds it, or replaces the one with its id. Another one of its topic is deleted before. */
export async function putPushCertificate(session: Session, put: PushCertificate): Promise<void> {
  const { id, topic, certificate, chain, request, madeAt, importedAt } = put
  const { db } = session
  if (topic !== null) {
    await run(session, db.deleteFrom('push_certificates').where('topic', '=', topic).where('id', '<>', id))
  }
  const row = { topic, certificate, chain, request, made_at: madeAt, imported_at: importedAt }
  await run(
    session,
    db
      .insertInto('push_certificates')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row)),
  )
}

export async function deletePushCertificate(session: Session, id: string): Promise<void> {
  await run(session, session.db.deleteFrom('push_certificates').where('id', '=', id))
}

function certificateOf(row: PushCertificatesTable): PushCertificate {
  const bytes = (value: Uint8Array | null) => (value === null ? null : new Uint8Array(value))
  return {
    id: row.id,
    topic: row.topic,
    certificate: bytes(row.certificate),
    chain: row.chain,
    request: bytes(row.request),
    madeAt: row.made_at,
    importedAt: row.imported_at,
  }
}
