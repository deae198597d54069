import { PassThrough } from 'node:stream'
import { eventTypes } from '@edict/api'
import type { StoredEvent } from '@edict/store'
import type { Services } from '../services.ts'
import { moment } from './moment.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

const PAGE = 500
const HEARTBEAT = 15_000
/** How long nothing is looked for when nobody says that there is something. */
const QUIET = 1_000

export const eventHandlers: Handlers<'follow-events'> = {
  'follow-events': async ({ query, raw, reply }, services) => {
    const types = wantedTypes(query.types)
    const given = raw.headers['last-event-id']
    const last =
      typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : await services.store.scan.lastEvent()
    const stream = new PassThrough()
    reply.header('cache-control', 'no-store').type('text/event-stream').send(stream)
    follow(stream, last, types, services).catch((error: unknown) => {
      services.log.error({ err: error }, 'event stream')
      stream.end()
    })
    return undefined
  },
}

function wantedTypes(list: string | undefined): ReadonlySet<string> | null {
  if (list === undefined || list === '') return null
  const types = list.split(',').map((type) => type.trim())
  const unknown = types.find((type) => !Object.hasOwn(eventTypes, type))
  if (unknown === undefined) return new Set(types)
  const expected = Object.keys(eventTypes).join(', ')
  throw new AdminError('request-malformed', `Cannot follow ${unknown}: there is no such event`, {
    at: '/query/types',
    found: unknown,
    expected,
  })
}

/** Sends events as they are committed, in order, each once: the store never shows a smaller number after a larger one. */
async function follow(
  stream: PassThrough,
  from: number,
  types: ReadonlySet<string> | null,
  services: Services,
): Promise<void> {
  const ended = new AbortController()
  let last = from
  let wake = () => {}
  const unsubscribe = services.store.onCommit((what) => {
    if (what === 'events') wake()
  })
  stream.on('close', () => ended.abort())
  AbortSignal.any([ended.signal, services.stopping]).addEventListener('abort', () => {
    stream.end()
    wake()
  })
  const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT)
  stream.write(':\n\n')
  try {
    while (!stream.destroyed && !stream.writableEnded) {
      const roused = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, QUIET)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      const events = await services.store.scan.events(last, PAGE)
      for (const event of events) {
        last = event.sequence
        if (types === null || types.has(event.type)) await write(stream, event)
      }
      if (events.length < PAGE) await roused
    }
  } finally {
    ended.abort()
    clearInterval(heartbeat)
    unsubscribe()
  }
}

async function write(stream: PassThrough, event: StoredEvent): Promise<void> {
  const data = JSON.stringify({ type: event.type, at: moment(event.at), ...event.data })
  if (stream.write(`id: ${event.sequence}\nevent: ${event.type}\ndata: ${data}\n\n`)) return
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve)
    stream.once('close', resolve)
  })
}
