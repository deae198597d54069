import type { EndpointResponse } from '@edict/api'
import type { TraceEntry } from '@edict/core'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { follow } from '../follow.ts'
import { type Cli, type Session, serverAction, text } from '../session.ts'
import { bodyLines, type SaidBodies } from './doctor/body-lines.ts'
import { drawing, timeline } from './doctor/timeline.ts'

type Item = EndpointResponse<'get-trace'>['items'][number]

const MOST = 1000

/** Draws what a channel and the server said to each other, or gives it a line each. */
export function trace(command: Command, cli: Cli): void {
  command.argument('<enrollment>')
  command.option('--limit <n>', 'how many entries, newest last (100; with --json all that are kept)')
  command.option(
    '--bodies',
    'show what went over the wire too, without secrets; the server has to keep it (--trace-bodies)',
  )
  command.option('--follow', 'go on with what is said from now on, until Ctrl-C')
  serverAction(command, cli, async (session, id = '') => {
    const limit = limitOf(session)
    if (session.options.follow === true) return followed(session, id, limit)
    if (session.json) return exported(session, id, limit)
    const { output, client } = session
    const query = { limit: limit ?? 100, ...bodiesOf(session) }
    const { items } = await client.call('get-trace', { params: { id }, query })
    if (items.length === 0) output.note(`Nothing was said by ${id} yet`)
    if (session.options.bodies !== true) {
      for (const line of timeline(items.map(entryOf), output.colours, output.columns())) output.line(line)
      return
    }
    const draw = drawing(output.colours, output.columns())
    for (const item of items) drawWhole(item, draw, session)
    if (!items.some((item) => 'bodies' in item))
      output.note('No bodies are kept of these: start the server with --trace-bodies, and look again later')
  })
}

function limitOf({ options }: Session): number | undefined {
  const given = text(options.limit)
  const limit = Number(given)
  if (given === undefined || (Number.isInteger(limit) && limit >= 1 && limit <= MOST))
    return (given && limit) || undefined
  throw new UsageError(`Cannot use --limit ${given}: expected a number from 1 to ${MOST}`)
}

/** An entry a line, and one that says when this was and what was wanted then: `edict doctor --trace` reads it again. */
async function exported(session: Session, id: string, limit: number | undefined): Promise<void> {
  const { client, output } = session
  const bodies = bodiesOf(session)
  let page = await client.call('get-trace', {
    params: { id },
    query: { ...(limit === undefined ? { after: 0, limit: MOST } : { limit }), ...bodies },
  })
  for (;;) {
    for (const item of page.items) output.jsonLine({ enrollment: id, ...item })
    const last = page.items.at(-1)
    if (limit !== undefined || last === undefined || page.items.length < MOST) break
    page = await client.call('get-trace', { params: { id }, query: { after: last.entry, limit: MOST, ...bodies } })
  }
  output.jsonLine({ enrollment: id, kind: 'exported', at: page.at, wanted: page.wanted })
}

async function followed(session: Session, id: string, limit = 100): Promise<void> {
  const { client, output } = session
  const draw = drawing(output.colours, output.columns())
  const said = follow(session, (after) =>
    client.open('get-trace', { params: { id }, query: { limit, ...bodiesOf(session) }, follow: { after } }),
  )
  for await (const { data } of said) {
    const item = JSON.parse(data) as Item
    if (session.json) output.jsonLine({ enrollment: id, ...item })
    else drawWhole(item, draw, session)
  }
}

function bodiesOf({ options }: Session): { readonly bodies?: true } {
  return options.bodies === true ? { bodies: true } : {}
}

/** An entry with what went over the wire below it, where that is there. */
function drawWhole(item: Item, draw: ReturnType<typeof drawing>, { output }: Session): void {
  for (const line of draw(entryOf(item))) output.line(line)
  const { bodies } = item as { readonly bodies?: SaidBodies }
  for (const line of bodyLines(bodies)) output.line(output.colours.dim(line))
}

/** An entry as the drawing takes it. */
function entryOf({ at, ...item }: Item): TraceEntry {
  return { ...item, at: Date.parse(at) } as unknown as TraceEntry
}
