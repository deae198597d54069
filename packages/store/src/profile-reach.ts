import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { ProfileReach } from './store.ts'

const ONE = 1

const stored = prepared(({ db }) => db.selectFrom('reach').selectAll().where('id', '=', ONE))

export async function profileReach(session: Session): Promise<ProfileReach | undefined> {
  const [row] = await stored(session)
  return row === undefined ? undefined : { url: row.url, topic: row.topic, at: row.at }
}

/** What is there already stays. */
export async function keepProfileReach(session: Session, reach: ProfileReach): Promise<void> {
  const insert = session.db.insertInto('reach').values({ id: ONE, ...reach })
  await run(
    session,
    insert.onConflict((conflict) => conflict.doNothing()),
  )
}

export async function replaceProfileReach(session: Session, reach: ProfileReach): Promise<void> {
  const insert = session.db.insertInto('reach').values({ id: ONE, ...reach })
  await run(
    session,
    insert.onConflict((conflict) => conflict.column('id').doUpdateSet(reach)),
  )
}
