import { all, run, type Session } from './dialect/dialect.ts'
import { page } from './page.ts'
import { prepared } from './prepared.ts'
import type { Invitation, Page } from './store.ts'
import type { InvitationsTable } from './tables.ts'

type Row = { readonly [K in keyof InvitationsTable]: K extends 'sequence' ? number : InvitationsTable[K] }

const byId = prepared(({ db }, id: string) => db.selectFrom('invitations').selectAll().where('id', '=', id))
const byToken = prepared(({ db }, hash: string) =>
  db.selectFrom('invitations').selectAll().where('token_hash', '=', hash),
)

export async function invitation(session: Session, by: { id: string } | { tokenHash: string }) {
  const [row] = 'id' in by ? await byId(session, by.id) : await byToken(session, by.tokenHash)
  return row === undefined ? undefined : invitationOf(row)
}

/** Newest first. */
export async function invitations(session: Session, cursor: string | null, limit: number): Promise<Page<Invitation>> {
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor)
  const newest = session.db.selectFrom('invitations').selectAll().where('sequence', '<', before)
  const rows = await all(session, newest.orderBy('sequence', 'desc').limit(limit + 1))
  const { items, next } = page(rows, limit, ({ sequence }) => String(sequence))
  return { items: items.map(invitationOf), next }
}

export async function addInvitation(session: Session, added: Invitation): Promise<void> {
  const { id, tokenHash, mode, note, meant, devices, used, madeAt, expiresAt, usedAt, revokedAt } = added
  const row = { id, token_hash: tokenHash, mode, note, meant, devices, used, made_at: madeAt, expires_at: expiresAt }
  await run(session, session.db.insertInto('invitations').values({ ...row, used_at: usedAt, revoked_at: revokedAt }))
}

/** Whether there was one left: of several that take the last one at once, on any node, one has it. */
export async function takeInvitation(session: Session, tokenHash: string, now: number): Promise<boolean> {
  const change = session.db
    .updateTable('invitations')
    .set(({ eb }) => ({ used: eb('used', '+', 1), used_at: now }))
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .where('revoked_at', 'is', null)
  return (await run(session, change.whereRef('used', '<', 'devices'))) === 1
}

export async function revokeInvitation(session: Session, id: string, at: number): Promise<void> {
  const change = session.db.updateTable('invitations').set({ revoked_at: at }).where('id', '=', id)
  await run(session, change.where('revoked_at', 'is', null))
}

export async function forgetInvitations(session: Session, before: number): Promise<number> {
  return run(session, session.db.deleteFrom('invitations').where('expires_at', '<', before))
}

function invitationOf(row: Row): Invitation {
  return {
    id: row.id,
    tokenHash: row.token_hash,
    mode: row.mode as Invitation['mode'],
    note: row.note,
    meant: row.meant,
    devices: row.devices,
    used: row.used,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  }
}
