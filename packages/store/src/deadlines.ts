import type { Instant } from '@edict/core'
import { sql } from 'kysely'
import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'

const byChannel = prepared(({ db }, channel: string) =>
  db.selectFrom('deadlines').select('due').where('channel', '=', channel),
)

export async function deadline(session: Session, channel: string): Promise<Instant | undefined> {
  return (await byChannel(session, channel))[0]?.due
}

/** The first one counts: what is repeated does not put it off. */
const insert = prepared(({ db }, channel: string, due: Instant) =>
  db
    .insertInto('deadlines')
    .values({ channel, due })
    .onConflict((conflict) => conflict.doNothing()),
)

export async function addDeadline(session: Session, channel: string, due: Instant): Promise<void> {
  await insert(session, channel, due)
}

export async function endDeadlines(session: Session, channels: readonly string[]): Promise<void> {
  const { db, dialect } = session
  await run(session, db.deleteFrom('deadlines').where(dialect.oneOf(sql.ref('channel'), channels)))
}

const nextDue = prepared(({ db }, now: Instant, limit: number) =>
  db.selectFrom('deadlines').select('channel').where('due', '<=', now).orderBy('due').orderBy('channel').limit(limit),
)

export async function passedDeadlines(session: Session, now: Instant, limit: number): Promise<readonly string[]> {
  return (await nextDue(session, now, limit)).map(({ channel }) => channel)
}
