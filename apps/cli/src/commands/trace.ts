import { setTimeout as wait } from 'node:timers/promises'
import type { EndpointResponse } from '@edict/api'
import type { TraceEntry } from '@edict/core'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { type Cli, serverAction, text } from '../session.ts'
import { timeline } from './doctor/timeline.ts'

type Item = EndpointResponse<'get-trace'>['items'][number]

/** How often somebody who follows asks, in milliseconds. */
const EVERY = 1000

/** Draws what a channel and the server said to each other. */
export function trace(command: Command, cli: Cli): void {
  command.argument('<enrollment>')
  command.option('--limit <n>', 'how many entries, newest last', '100')
  command.option('--follow', 'go on with what is said from now on, until Ctrl-C')
  command.option('--json-lines', 'print one entry a line, as JSON')
  serverAction(command, cli, async (session, id = '') => {
    const { options, output, client, signal } = session
    const limit = Number(text(options.limit))
    if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
      throw new UsageError(`Cannot use --limit ${options.limit}: expected a number from 1 to 1000`)
    const first = await client.call('get-trace', { params: { id }, query: { limit } })
    if (session.json && options.follow !== true) return output.json(first)
    const lines = options.jsonLines === true || session.json
    const print = (items: readonly Item[]) => {
      if (lines) for (const item of items) output.jsonLine(item)
      else for (const line of timeline(items.map(entryOf), output.colours)) output.line(line)
    }
    print(first.items)
    if (options.follow !== true) {
      if (first.items.length === 0) output.note(`Nothing was said by ${id} yet`)
      return
    }
    let after = first.items.at(-1)?.entry ?? 0
    while (!signal.aborted) {
      await wait(EVERY, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const { items } = await client.call('get-trace', { params: { id }, query: { after, limit: 1000 } })
      if (items.length > 0) print(items)
      after = items.at(-1)?.entry ?? after
    }
  })
}

/** An entry as the drawing takes it. */
function entryOf({ at, ...item }: Item): TraceEntry {
  return { ...item, at: Date.parse(at) } as unknown as TraceEntry
}
