import type { EnrolledAccount } from '@edict/core'
import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Grant } from './store.ts'
import type { GrantsTable } from './tables.ts'

const byToken = prepared(({ db }, hash: string) => db.selectFrom('grants').selectAll().where('token_hash', '=', hash))

export async function grant(session: Session, tokenHash: string): Promise<Grant | undefined> {
  return (await byToken(session, tokenHash)).map(grantOf)[0]
}

export async function addGrant(session: Session, added: Grant): Promise<void> {
  const { tokenHash, account, madeAt, profileUntil, profileUsedAt, enrollment, boundAt, revokedAt, why } = added
  const row = { token_hash: tokenHash, name: account.name, account: JSON.stringify(account), made_at: madeAt }
  const profile = { profile_until: profileUntil, profile_used_at: profileUsedAt }
  const channel = { enrollment, bound_at: boundAt, revoked_at: revokedAt, why }
  await run(session, session.db.insertInto('grants').values({ ...row, ...profile, ...channel }))
}

/** Whether there was one: of several that use it at once, on any node, one has it. */
export async function useProfileGrant(session: Session, tokenHash: string, now: number): Promise<boolean> {
  const change = session.db
    .updateTable('grants')
    .set({ profile_used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('profile_used_at', 'is', null)
    .where('revoked_at', 'is', null)
  return (await run(session, change.where('profile_until', '>', now))) === 1
}

/** Whether it was free: of several devices that show it at once, on any node, one has it. */
export async function bindGrant(session: Session, tokenHash: string, enrollment: string, at: number): Promise<boolean> {
  const change = session.db
    .updateTable('grants')
    .set({ enrollment, bound_at: at })
    .where('token_hash', '=', tokenHash)
    .where('enrollment', 'is', null)
  return (await run(session, change.where('revoked_at', 'is', null))) === 1
}

type Whose = { readonly name: string } | { readonly enrollment: string; readonly but?: string }

export async function revokeGrants(
  session: Session,
  whose: Whose,
  { at, why }: { readonly at: number; readonly why: string },
): Promise<number> {
  const change = session.db.updateTable('grants').set({ revoked_at: at, why }).where('revoked_at', 'is', null)
  if ('name' in whose) return run(session, change.where('name', '=', whose.name))
  const others = change.where('enrollment', '=', whose.enrollment)
  return run(session, whose.but === undefined ? others : others.where('token_hash', '!=', whose.but))
}

/** Those that no device came with, and those that were revoked. */
export async function forgetGrants(session: Session, before: number): Promise<number> {
  const old = session.db.deleteFrom('grants').where('made_at', '<', before)
  return run(
    session,
    old.where(({ or, eb }) => or([eb('enrollment', 'is', null), eb('revoked_at', '<', before)])),
  )
}

function grantOf(row: GrantsTable): Grant {
  return {
    tokenHash: row.token_hash,
    account: JSON.parse(row.account) as EnrolledAccount,
    madeAt: row.made_at,
    profileUntil: row.profile_until,
    profileUsedAt: row.profile_used_at,
    enrollment: row.enrollment,
    boundAt: row.bound_at,
    revokedAt: row.revoked_at,
    why: row.why,
  }
}
