import type { Command } from 'commander'
import { UsageError } from './failure.ts'
import { type Session, text } from './session.ts'

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

type Fetch<Got extends Page<unknown>> = (query: { readonly limit: number; readonly cursor?: string }) => Promise<Got>

const WHOLE_PAGE = 1000

/** Options of every command that lists. */
export function addPaging(command: Command): Command {
  return command
    .option('--limit <n>', 'how many at most', '100')
    .option('--cursor <text>', 'go on where another list ended')
    .option('--all', 'the whole list, however long')
}

/** The page that the options ask for; with `--all` every page as one. */
export async function pages<Item, Got extends Page<Item>>(session: Session, fetch: Fetch<Got>): Promise<Got> {
  const cursor = text(session.options.cursor)
  const all = session.options.all === true
  const first = await fetch({ limit: all ? WHOLE_PAGE : limitOf(session), ...(cursor === undefined ? {} : { cursor }) })
  if (!all) return first
  const items = [...first.items]
  let { next } = first
  while (next !== null) {
    const page: Got = await fetch({ limit: WHOLE_PAGE, cursor: next })
    items.push(...page.items)
    next = page.next
  }
  return { ...first, items, next: null }
}

/** Says on stderr that there is more. */
export function noteMore(session: Session, { items, next }: Page<unknown>): void {
  if (next !== null) session.output.note(`${items.length} shown, there are more: --all, or --cursor ${next}`)
}

function limitOf({ options }: Session): number {
  const limit = Number(text(options.limit))
  if (Number.isInteger(limit) && limit >= 1 && limit <= WHOLE_PAGE) return limit
  throw new UsageError(`Cannot use --limit ${options.limit}: expected a number from 1 to ${WHOLE_PAGE}, or --all`)
}
