import { PassThrough } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'

const HEARTBEAT = 15_000

/** One event, with its place among all of its kind. */
export interface StreamedEvent {
  readonly id: number
  readonly event: string
  readonly data: unknown
}

/** What comes after a place. */
interface Page {
  readonly events: readonly StreamedEvent[]
  /** Where the next page begins. */
  readonly last: number
  /** Nobody has to wait for the next page. */
  readonly more: boolean
}

export interface EventSource {
  /** The place after which it begins. */
  readonly from: number
  next(after: number): Promise<Page>
  /** How long nothing is looked for when nobody says that there is something, in milliseconds. */
  readonly quiet: number
  /** Calls back when there may be something. Returns the end of it. */
  onNews?(listener: () => void): () => void
}

/** The place that somebody has come to who was here before: `Last-Event-ID`; undefined where none is said. */
export function lastEventId({ headers }: Pick<FastifyRequest, 'headers'>): number | undefined {
  const given = headers['last-event-id']
  return typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : undefined
}

/** Whether server-sent events are asked for. */
export function asksForEvents({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers.accept?.includes('text/event-stream') === true
}

/** Answers with server-sent events, until whoever follows hangs up or the server stops. No more than a page is held for who reads slowly. */
export function streamEvents(
  reply: FastifyReply,
  source: EventSource,
  { stopping, log }: Pick<Services, 'stopping' | 'log'>,
): void {
  const stream = new PassThrough()
  reply.header('cache-control', 'no-store').type('text/event-stream').send(stream)
  follow(stream, source, stopping).catch((error: unknown) => {
    log.error({ err: error }, 'event stream')
    stream.end()
  })
}

async function follow(stream: PassThrough, source: EventSource, stopping: AbortSignal): Promise<void> {
  const ended = new AbortController()
  let last = source.from
  let wake = () => {}
  const unsubscribe = source.onNews?.(() => wake())
  stream.on('close', () => ended.abort())
  AbortSignal.any([ended.signal, stopping]).addEventListener('abort', () => {
    stream.end()
    wake()
  })
  const heartbeat = setInterval(() => stream.write(':\n\n'), HEARTBEAT)
  stream.write(':\n\n')
  try {
    while (!stream.destroyed && !stream.writableEnded) {
      const roused = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, source.quiet)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      const page = await source.next(last)
      for (const event of page.events) await write(stream, event)
      last = page.last
      if (!page.more) await roused
    }
  } finally {
    ended.abort()
    clearInterval(heartbeat)
    unsubscribe?.()
  }
}

async function write(stream: PassThrough, { id, event, data }: StreamedEvent): Promise<void> {
  if (stream.destroyed || stream.writableEnded) return
  if (stream.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve)
    stream.once('close', resolve)
  })
}
