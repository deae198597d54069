import type { JsonObject } from '@edict/protocol'
import { all, run, type Session } from './dialect/dialect.ts'
import { page } from './page.ts'
import type { AuditEntry, Page } from './store.ts'

export async function addAudit(session: Session, entry: Omit<AuditEntry, 'sequence'>): Promise<void> {
  const { at, actor, action, target, revision, detail } = entry
  const row = { at, actor, action, target, revision, detail: JSON.stringify(detail) }
  await run(session, session.db.insertInto('audit').values(row))
}

/** Newest first. */
export async function audit(session: Session, cursor: string | null, limit: number): Promise<Page<AuditEntry>> {
  const { db } = session
  const newest = db
    .selectFrom('audit')
    .selectAll()
    .orderBy('sequence', 'desc')
    .limit(limit + 1)
  const before = cursor === null ? Number.MAX_SAFE_INTEGER : Number(cursor)
  const rows = await all(session, newest.where('sequence', '<', before))
  const entries = rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as JsonObject }))
  return page(entries, limit, (entry) => String(entry.sequence))
}

/** By revision. */
export async function auditOf(session: Session, revisions: readonly number[]): Promise<readonly AuditEntry[]> {
  const known = revisions.filter((revision) => revision > 0)
  if (known.length === 0) return []
  const these = session.db.selectFrom('audit').selectAll().where('revision', 'in', known)
  const rows = await all(session, these.orderBy('revision').orderBy('sequence'))
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as JsonObject }))
}
