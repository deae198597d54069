import type { FleetItem } from '@edict/api'
import { noteMore, pages } from '../../pages.ts'
import { printable } from '../../printable.ts'
import { type Session, show } from '../../session.ts'

/** Lists what a number of the fleet counts. Columns that nothing stands in are left away. */
export async function listFleet(session: Session, what: string): Promise<void> {
  const page = await pages(session, (query) => session.client.call('list-fleet', { params: { what }, query }))
  await show(session, page, async () => {
    const used = columns.filter(({ of }) => page.items.some((item) => of(item) !== null))
    if (page.items.length === 0) session.output.note(`Nothing is counted as ${what}`)
    else {
      await session.output.table(
        used.map(({ head }) => head),
        page.items.map((item) => used.map(({ of }) => textOf(of(item)))),
      )
    }
  })
  noteMore(session, page)
}

interface Column {
  readonly head: string
  readonly of: (item: FleetItem) => string | null
}

const columns: readonly Column[] = [
  { head: 'ENROLLMENT', of: ({ enrollment }) => enrollment },
  { head: 'NAME', of: ({ name }) => name },
  { head: 'DECLARATION', of: ({ declaration }) => declaration?.identifier ?? null },
  { head: 'SINCE', of: ({ since }) => since },
  { head: 'WHY', of: ({ code }) => code },
  { head: '', of: ({ message }) => message },
]

function textOf(cell: string | null): string | null {
  return cell === null ? null : printable(cell)
}
