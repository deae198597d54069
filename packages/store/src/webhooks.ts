import type { Instant } from '@edict/core'
import { all, run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Webhook } from './store.ts'
import type { WebhooksTable } from './tables.ts'

const byId = prepared(({ db }, id: string) => db.selectFrom('webhooks').selectAll().where('id', '=', id))
const locked = prepared(({ db, dialect }, id: string) =>
  dialect.lockRows(db.selectFrom('webhooks').selectAll().where('id', '=', id), 'update'),
)

export async function webhook(session: Session, id: string): Promise<Webhook | undefined> {
  const [row] = await byId(session, id)
  return row === undefined ? undefined : webhookOf(row)
}

export async function webhooks(session: Session): Promise<readonly Webhook[]> {
  const rows = await all(session, session.db.selectFrom('webhooks').selectAll().orderBy('made_at').orderBy('id'))
  return rows.map(webhookOf)
}

export async function lockWebhook(session: Session, id: string): Promise<Webhook | undefined> {
  const [row] = await locked(session, id)
  return row === undefined ? undefined : webhookOf(row)
}

export async function addWebhook(session: Session, added: Webhook): Promise<void> {
  await run(session, session.db.insertInto('webhooks').values({ id: added.id, ...rowOf(added) }))
}

export async function saveWebhook(session: Session, saved: Webhook): Promise<void> {
  await run(session, session.db.updateTable('webhooks').set(rowOf(saved)).where('id', '=', saved.id))
}

export async function removeWebhook(session: Session, id: string): Promise<void> {
  await run(session, session.db.deleteFrom('webhooks').where('id', '=', id))
}

/** Of several nodes that try at once one has it. */
export async function holdWebhook(
  session: Session,
  id: string,
  holder: string,
  now: Instant,
  until: Instant,
): Promise<boolean> {
  const change = session.db.updateTable('webhooks').set({ holder, leased_until: until }).where('id', '=', id)
  const free = change.where(({ or, eb }) =>
    or([eb('holder', 'is', null), eb('holder', '=', holder), eb('leased_until', '<=', now)]),
  )
  return (await run(session, free)) === 1
}

export async function letGoWebhook(session: Session, id: string, holder: string): Promise<void> {
  const change = session.db.updateTable('webhooks').set({ holder: null, leased_until: null }).where('id', '=', id)
  await run(session, change.where('holder', '=', holder))
}

function rowOf(one: Webhook): Omit<WebhooksTable, 'id' | 'holder' | 'leased_until'> {
  return {
    url: one.url,
    types: one.types === null ? null : JSON.stringify(one.types),
    note: one.note,
    state: one.state,
    made_at: one.madeAt,
    position: one.position,
    previous_until: one.previousUntil,
    crowded_out: one.crowdedOut,
    failing_since: one.failingSince,
    delivered_at: one.deliveredAt,
  }
}

function webhookOf(row: WebhooksTable): Webhook {
  return {
    id: row.id,
    url: row.url,
    types: row.types === null ? null : (JSON.parse(row.types) as readonly string[]),
    note: row.note,
    state: row.state as Webhook['state'],
    madeAt: row.made_at,
    position: row.position,
    previousUntil: row.previous_until,
    crowdedOut: row.crowded_out,
    failingSince: row.failing_since,
    deliveredAt: row.delivered_at,
  }
}
