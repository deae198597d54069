import { setTimeout as wait } from 'node:timers/promises'
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream'
import { UnreachableError } from './failure.ts'
import type { Session } from './session.ts'

/** How long it waits before it connects again, in milliseconds: this, then twice as long, up to the longest. */
const FIRST = 500
const LONGEST = 10_000

/**
 * Follows server-sent events for as long as the program runs: a connection that ends is made again, and goes on after the last event
 * that came.
 *
 * @param open connects; gets the id of that event, undefined at first
 * @throws what the first connection throws, and a refusal at any time
 */
export async function* follow(
  { signal, output }: Pick<Session, 'signal' | 'output'>,
  open: (lastEventId: string | undefined) => Promise<Response>,
): AsyncGenerator<EventSourceMessage> {
  let last: string | undefined
  let response = await open(undefined)
  let pause = FIRST
  for (;;) {
    try {
      for await (const message of messagesOf(response)) {
        pause = FIRST
        last = message.id ?? last
        yield message
      }
    } catch (error) {
      if (!signal.aborted && !isLost(error)) throw error
    }
    if (signal.aborted) return
    output.note('The connection ended; connecting again')
    for (;;) {
      await wait(pause, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      pause = Math.min(pause * 2, LONGEST)
      try {
        response = await open(last)
        break
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof UnreachableError)) throw error
      }
    }
  }
}

function messagesOf({ body }: Response): AsyncIterable<EventSourceMessage> {
  const stream = body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
  return stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
}

/** What fetch throws when a body breaks off. */
function isLost(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'AbortError')
}
