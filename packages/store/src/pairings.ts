import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Pairing } from './store.ts'

const byToken = prepared(({ db }, hash: string) =>
  db.selectFrom('pairings').selectAll().where('pairing_hash', '=', hash),
)

export async function pairing(session: Session, pairingHash: string): Promise<Pairing | undefined> {
  const [row] = await byToken(session, pairingHash)
  if (row === undefined) return undefined
  const { security_hash: securityHash, watch, phone } = row
  return { securityHash, watch, phone, madeAt: row.made_at, expiresAt: row.expires_at, usedAt: row.used_at }
}

/** Of one Watch one waits for its iPhone: a new one takes the place of it. */
export async function addPairing(
  session: Session,
  { securityHash, watch, madeAt, expiresAt }: Omit<Pairing, 'phone' | 'usedAt'>,
): Promise<void> {
  const waiting = session.db.deleteFrom('pairings').where('watch', '=', watch)
  await run(session, waiting.where('phone', 'is', null))
  const row = { security_hash: securityHash, watch, made_at: madeAt, expires_at: expiresAt }
  const values = { ...row, phone: null, pairing_hash: null, used_at: null }
  await run(session, session.db.insertInto('pairings').values(values))
}

/** Whether it was free, and meant for this Watch: of several iPhones that answer at once, on any node, one does. */
export async function answerPairing(
  session: Session,
  securityHash: string,
  { watch, phone, pairingHash, now }: { watch: string; phone: string; pairingHash: string; now: number },
): Promise<boolean> {
  const change = session.db
    .updateTable('pairings')
    .set({ phone, pairing_hash: pairingHash })
    .where('security_hash', '=', securityHash)
    .where('watch', '=', watch)
    .where('phone', 'is', null)
  return (await run(session, change.where('expires_at', '>', now))) === 1
}

export async function takePairing(
  session: Session,
  pairingHash: string,
  { watch, now }: { watch: string; now: number },
): Promise<boolean> {
  const change = session.db
    .updateTable('pairings')
    .set({ used_at: now })
    .where('pairing_hash', '=', pairingHash)
    .where('watch', '=', watch)
    .where('used_at', 'is', null)
  return (await run(session, change.where('expires_at', '>', now))) === 1
}

export async function forgetPairings(session: Session, before: number): Promise<number> {
  return run(session, session.db.deleteFrom('pairings').where('expires_at', '<', before))
}
