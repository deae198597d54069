import { all, run, type Session } from './dialect/dialect.ts'
import type { Reads, SealedRow, Transaction } from './store.ts'

/** Rows that lie under a master key, or as they came: secrets first, then commands. */
export async function sealedRows(
  session: Session,
  under: string | null,
  limit: number,
): ReturnType<Transaction['sealedRows']> {
  const { db } = session
  const secrets = db.selectFrom('secrets').select(['enrollment', 'name', 'period', 'value'])
  const found: SealedRow[] = (
    await all(session, secrets.where('sealed_under', under === null ? 'is' : '=', under).limit(limit))
  ).map((row) => ({ kind: 'secret', ...row, value: new Uint8Array(row.value), under }))
  if (found.length === limit || under === null) return found
  const commands = db
    .selectFrom('commands')
    .select(['enrollment', 'uuid', 'sealed'])
    .where('sealed', 'is not', null)
    .where('sealed_under', '=', under)
    .limit(limit - found.length)
  for (const { enrollment, uuid, sealed } of await all(session, commands))
    if (sealed !== null)
      found.push({ kind: 'command', enrollment, CommandUUID: uuid, value: new Uint8Array(sealed), under })
  return found
}

/** Replaces a value by what was sealed anew, unless it is another one by now. */
export async function sealAnew(session: Session, row: SealedRow, value: Uint8Array, under: string): Promise<void> {
  const { db } = session
  if (row.kind === 'command') {
    const change = db.updateTable('commands').set({ sealed: value, sealed_under: under })
    const theirs = change.where('enrollment', '=', row.enrollment).where('uuid', '=', row.CommandUUID)
    await run(session, theirs.where('sealed', '=', row.value))
    return
  }
  const change = db.updateTable('secrets').set({ value, sealed_under: under })
  const theirs = change.where('enrollment', '=', row.enrollment).where('name', '=', row.name)
  await run(session, theirs.where('period', '=', row.period).where('value', '=', row.value))
}

/** How many values lie under which master key. */
export async function sealedCounts(session: Session): ReturnType<Reads['sealedCounts']> {
  const { db } = session
  const secrets = db
    .selectFrom('secrets')
    .select(({ fn }) => ['sealed_under as under', fn.countAll<number>().as('count')])
    .groupBy('sealed_under')
  const commands = db
    .selectFrom('commands')
    .where('sealed', 'is not', null)
    .select(({ fn }) => ['sealed_under as under', fn.countAll<number>().as('count')])
    .groupBy('sealed_under')
  const counts = new Map<string | null, number>()
  for (const { under, count } of [...(await all(session, secrets)), ...(await all(session, commands))])
    counts.set(under, (counts.get(under) ?? 0) + count)
  return [...counts].map(([under, count]) => ({ under, count }))
}
