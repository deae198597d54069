import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { Lap } from './store.ts'

const byName = prepared(({ db }, name: string) => db.selectFrom('laps').selectAll().where('name', '=', name))

export async function lap(session: Session, name: string): Promise<Lap | undefined> {
  const [row] = await byName(session, name)
  return row === undefined ? undefined : { name, position: row.position, beganAt: row.began_at, due: row.due }
}

/** Whether nobody has gone on since: of several nodes one does. */
export async function goOnLap(session: Session, from: Lap | undefined, to: Lap): Promise<boolean> {
  const { db } = session
  const row = { position: to.position, began_at: to.beganAt, due: to.due }
  if (from === undefined) {
    const first = db.insertInto('laps').values({ name: to.name, ...row })
    return (
      (await run(
        session,
        first.onConflict((conflict) => conflict.column('name').doNothing()),
      )) === 1
    )
  }
  const change = db.updateTable('laps').set(row).where('name', '=', to.name).where('position', '=', from.position)
  return (await run(session, change.where('due', '=', from.due).where('began_at', '=', from.beganAt))) === 1
}
