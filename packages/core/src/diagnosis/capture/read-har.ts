import type { Captured, CaptureProblem, ReadCapture } from './captured.ts'
import { endpointOf } from './endpoint-of.ts'

/** What of an HTTP Archive is used. @see http://www.softwareishard.com/blog/har-12-spec/ */
interface HarEntry {
  readonly startedDateTime?: string
  readonly time?: number
  readonly request?: HarMessage & { readonly method?: string; readonly url?: string; readonly postData?: HarContent }
  readonly response?: HarMessage & { readonly status?: number; readonly content?: HarContent }
}

interface HarMessage {
  readonly headers?: readonly { readonly name?: string; readonly value?: string }[]
}

interface HarContent {
  readonly text?: string
  readonly encoding?: string
}

/**
 * Reads an HTTP Archive (HAR 1.2). Each entry is a request and its response; GET is taken for an asset, and whether PUT or POST is a
 * check-in is told by its body.
 *
 * @param document the parsed JSON
 */
export function readHar(document: { readonly log?: unknown }): ReadCapture {
  const { log } = document
  const entries = typeof log === 'object' && log !== null && 'entries' in log ? log.entries : undefined
  const messages: Captured[] = []
  const problems: CaptureProblem[] = []
  for (const [index, one] of (Array.isArray(entries) ? (entries as readonly HarEntry[]) : []).entries()) {
    const entry = index + 1
    const at = Date.parse(one?.startedDateTime ?? '')
    if (Number.isNaN(at) || one.request === undefined) {
      problems.push({
        entry,
        message: `Cannot use entry ${entry}: it has no time, or no request`,
        expected: 'startedDateTime and request',
      })
      continue
    }
    const body = content(one.request.postData)
    const endpoint = endpointOf({ method: one.request.method ?? '', headers: headers(one.request), body })
    const common = { entry, endpoint, exchange: String(entry) } as const
    const url = one.request.url === undefined ? {} : { url: one.request.url }
    messages.push({ ...common, ...url, at, direction: 'request', status: null, headers: headers(one.request), body })
    const status = one.response?.status
    if (status === undefined || status < 100) continue
    messages.push({
      ...common,
      at: at + (one.time ?? 0),
      direction: 'response',
      status,
      headers: headers(one.response),
      body: content(one.response?.content),
    })
  }
  return { messages, problems }
}

function content(from: HarContent | undefined): Uint8Array | null {
  if (from?.text === undefined) return null
  return new Uint8Array(Buffer.from(from.text, from.encoding === 'base64' ? 'base64' : 'utf8'))
}

function headers(message: HarMessage | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (message?.headers ?? []).flatMap(({ name, value }) =>
      name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]],
    ),
  )
}
