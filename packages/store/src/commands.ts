import type { CommandState, Instant, QueuedCommand } from '@edict/core'
import type { PlistValue } from '@edict/protocol'
import { sql } from 'kysely'
import { all, first, run, type Session } from './dialect/dialect.ts'
import { plistOf, plistText } from './plist-text.ts'
import { prepared } from './prepared.ts'
import type { SealedContent } from './store.ts'
import type { Tables } from './tables.ts'

type Row = { [K in keyof Tables['commands']]: K extends 'sequence' ? number : Tables['commands'][K] }

const pendingStates: readonly CommandState[] = ['queued', 'sent', 'not-now']

/** Written out, for only so is the index of what waits found. */
export const waits = sql<boolean>`state in ('queued', 'sent', 'not-now')`

/** Finished commands that are kept of a channel. */
const KEEP_FINISHED = 200

const allOf = prepared(({ db }, id: string) =>
  db.selectFrom('commands').selectAll().where('enrollment', '=', id).orderBy('sequence'),
)
const pendingOf = prepared(({ db }, id: string) =>
  db.selectFrom('commands').selectAll().where('enrollment', '=', id).where(waits).orderBy('sequence'),
)
const oneOf = prepared(({ db }, id: string, uuid: string) =>
  db.selectFrom('commands').selectAll().where('enrollment', '=', id).where('uuid', '=', uuid),
)

export async function commands(
  session: Session,
  id: string,
  which: 'pending' | 'all',
): Promise<readonly QueuedCommand[]> {
  const rows = which === 'pending' ? await pendingOf(session, id) : await allOf(session, id)
  return rows.map(commandOf)
}

/** Which of these channels have commands that wait. */
export async function waiting(session: Session, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const theirs = session.dialect.oneOf(sql.ref('enrollment'), ids)
  const rows = await all(
    session,
    session.db.selectFrom('commands').select('enrollment').distinct().where(waits).where(theirs),
  )
  return new Set(rows.map(({ enrollment }) => enrollment))
}

export async function command(session: Session, id: string, CommandUUID: string): Promise<QueuedCommand | undefined> {
  const [row] = await oneOf(session, id, CommandUUID)
  return row === undefined ? undefined : commandOf(row)
}

const dueBy = prepared(({ db }, now: Instant, limit: number) =>
  db
    .selectFrom('commands')
    .select(['enrollment', 'uuid'])
    .where('expires_at', '<=', now)
    .where(waits)
    .orderBy('expires_at')
    .limit(limit),
)

/** Commands that still wait although their time is over, the oldest first. */
export async function timedOutCommands(session: Session, now: Instant, limit: number) {
  return (await dueBy(session, now, limit)).map((row) => ({ enrollment: row.enrollment, CommandUUID: row.uuid }))
}

/** Deletes what was queued before and does not wait any more. */
export async function dropCommands(session: Session, before: Instant): Promise<number> {
  const old = session.db.deleteFrom('commands').where('queued_at', '<', before)
  return run(
    session,
    old.where(({ not }) => not(waits)),
  )
}

const sealedOf = prepared(({ db }, id: string, uuid: string) =>
  db.selectFrom('commands').select('sealed').where('enrollment', '=', id).where('uuid', '=', uuid),
)

/** A command with its secrets, as it was sealed. */
export async function sealedCommand(session: Session, id: string, uuid: string): Promise<Uint8Array | undefined> {
  const [row] = await sealedOf(session, id, uuid)
  return row?.sealed == null ? undefined : new Uint8Array(row.sealed)
}

export async function addCommand(
  session: Session,
  added: Omit<QueuedCommand, 'sequence'>,
  sealed: SealedContent | null = null,
): Promise<QueuedCommand> {
  const insert = session.db.insertInto('commands').values({
    enrollment: added.enrollment,
    uuid: added.CommandUUID,
    command: plistText(added.command),
    sealed: sealed?.value ?? null,
    sealed_under: sealed?.under ?? null,
    ...progress(added),
  })
  const row = await first(session, insert.returning('sequence'))
  if (row === undefined) throw new Error('Cannot add command: the database gave no sequence')
  return { ...added, sequence: row.sequence }
}

export async function saveCommand(session: Session, saved: QueuedCommand): Promise<void> {
  const { db } = session
  await run(
    session,
    db
      .updateTable('commands')
      .set(progress(saved))
      .where('enrollment', '=', saved.enrollment)
      .where('uuid', '=', saved.CommandUUID),
  )
  if (!pendingStates.includes(saved.state)) await dropOldest(session, saved.enrollment)
}

const dropOldest = prepared(({ db }, id: string) =>
  db
    .deleteFrom('commands')
    .where('enrollment', '=', id)
    .where(({ not }) => not(waits))
    .where('sequence', '<=', ({ selectFrom }) =>
      selectFrom('commands as c')
        .select('c.sequence')
        .where('c.enrollment', '=', id)
        .where(({ not }) => not(waits))
        .orderBy('c.sequence', 'desc')
        .limit(1)
        .offset(KEEP_FINISHED),
    ),
)

/** Empties the queues of channels; what was answered stays. */
export async function clearQueues(session: Session, ids: readonly string[]): Promise<void> {
  const { db, dialect } = session
  const theirs = dialect.oneOf(sql.ref('enrollment'), ids)
  await run(session, db.deleteFrom('commands').where(theirs).where(waits))
}

function progress(command: Omit<QueuedCommand, 'sequence'>) {
  const { state, queuedAt, sentAt, answeredAt, result, expiresAt, once, inventory } = command
  return {
    state,
    expires_at: expiresAt ?? null,
    sent_once: once === true ? 1 : null,
    inventory: inventory === true ? 1 : null,
    queued_at: queuedAt,
    sent_at: sentAt,
    answered_at: answeredAt,
    result: result === null ? null : plistText(result as unknown as PlistValue),
  }
}

function commandOf(row: Row): QueuedCommand {
  return {
    CommandUUID: row.uuid,
    enrollment: row.enrollment,
    sequence: row.sequence,
    command: plistOf(row.command) as QueuedCommand['command'],
    state: row.state as CommandState,
    queuedAt: row.queued_at,
    sentAt: row.sent_at,
    answeredAt: row.answered_at,
    result: row.result === null ? null : (plistOf(row.result) as unknown as QueuedCommand['result']),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.sent_once === null ? {} : { once: true }),
    ...(row.inventory === null ? {} : { inventory: true }),
  }
}
