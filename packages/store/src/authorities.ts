import { sql } from 'kysely'
import { all, run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { StoredAuthority } from './store.ts'
import type { AuthoritiesTable } from './tables.ts'

/** What an authority stands behind counts until it ends, so a retired one stays until then. Those that are not retired come first. */
const trusted = prepared(({ db }, now: number) =>
  db
    .selectFrom('authorities as a')
    .selectAll('a')
    .where((where) =>
      where.or([
        where('a.retired_at', 'is', null),
        where.exists(
          where
            .selectFrom('certificates as c')
            .select(sql`1`.as('one'))
            .whereRef('c.authority', '=', 'a.id')
            .where('c.not_after', '>=', now),
        ),
      ]),
    )
    .orderBy(sql`a.retired_at is not null`)
    .orderBy('a.made_at', 'desc')
    .orderBy('a.id'),
)

export async function authorities(session: Session, now: number): Promise<readonly StoredAuthority[]> {
  return (await trusted(session, now)).map(authorityOf)
}

/** Those that nothing leads to any more, too. */
export async function everyAuthority(session: Session): Promise<readonly StoredAuthority[]> {
  return (await all(session, session.db.selectFrom('authorities').selectAll().orderBy('id'))).map(authorityOf)
}

export async function addAuthority(session: Session, added: StoredAuthority): Promise<void> {
  const { id, role, certificate, sealedKey, madeAt, retiredAt } = added
  const row = { id, role, certificate, sealed_key: sealedKey, made_at: madeAt, retired_at: retiredAt }
  await run(session, session.db.insertInto('authorities').values(row))
}

export async function retireAuthority(session: Session, id: string, at: number): Promise<void> {
  const change = session.db.updateTable('authorities').set({ retired_at: at }).where('id', '=', id)
  await run(session, change.where('retired_at', 'is', null))
}

/** Replaces a sealed key by the same that was sealed anew, unless it is another one by now. */
export async function sealAuthorityAnew(
  session: Session,
  { id, sealedKey }: StoredAuthority,
  anew: Uint8Array,
): Promise<void> {
  const change = session.db.updateTable('authorities').set({ sealed_key: anew }).where('id', '=', id)
  await run(session, change.where('sealed_key', '=', sealedKey))
}

function authorityOf(row: AuthoritiesTable): StoredAuthority {
  return {
    id: row.id,
    role: row.role as StoredAuthority['role'],
    certificate: new Uint8Array(row.certificate),
    sealedKey: new Uint8Array(row.sealed_key),
    madeAt: row.made_at,
    retiredAt: row.retired_at,
  }
}
