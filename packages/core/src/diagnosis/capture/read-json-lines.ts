import type { Captured, CaptureProblem, ReadCapture } from './captured.ts'

type Line = Readonly<Record<string, unknown>>

/**
 * Reads a record of JSON lines: `at` (RFC 3339), `direction` (request, response), `endpoint` (checkin, connect), `status` of a response,
 * `headers`, `body` (text, or `{"$data": base64}`), and `exchange` where requests overlap. Lines that cannot be used are told, and
 * the others are used. Empty lines, and such as begin with #, are passed over.
 */
export function readJsonLines(text: string): ReadCapture {
  const messages: Captured[] = []
  const problems: CaptureProblem[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const entry = index + 1
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const read = readLine(line, entry)
    if ('expected' in read) problems.push(read)
    else messages.push(read)
  }
  return { messages, problems }
}

function readLine(text: string, entry: number): Captured | CaptureProblem {
  const refuse = (what: string, expected: string): CaptureProblem => ({
    entry,
    message: `Cannot use line ${entry}: ${what}`,
    expected,
  })
  let line: Line
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuse('it is no object', 'a JSON object')
    line = value as Line
  } catch {
    return refuse('it is no JSON', 'one JSON object a line')
  }
  const at = typeof line.at === 'string' ? Date.parse(line.at) : Number.NaN
  if (Number.isNaN(at)) return refuse('at is no time', 'at: a time as in RFC 3339')
  const { direction, endpoint, status } = line
  if (direction !== 'request' && direction !== 'response')
    return refuse('direction is neither', 'direction: request or response')
  if (endpoint !== 'checkin' && endpoint !== 'connect' && endpoint !== 'asset')
    return refuse('endpoint is none that is known', 'endpoint: checkin, connect or asset')
  if (direction === 'response' && !isStatus(status))
    return refuse('status is missing', 'status: a number from 100 to 599')
  const body = bodyOf(line.body)
  if (body === undefined) return refuse('body cannot be read', 'body: text, or {"$data": base64}')
  return {
    entry,
    at,
    direction,
    endpoint,
    status: direction === 'response' && isStatus(status) ? status : null,
    headers: headersOf(line.headers),
    body,
    ...(typeof line.url === 'string' ? { url: line.url } : {}),
    ...(typeof line.exchange === 'string' ? { exchange: line.exchange } : {}),
  }
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599
}

/** Null where none was recorded, undefined where it is something else. */
function bodyOf(body: unknown): Uint8Array | null | undefined {
  if (body === undefined || body === null) return null
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (typeof body !== 'object' || !('$data' in body) || typeof body.$data !== 'string') return undefined
  return new Uint8Array(Buffer.from(body.$data, 'base64'))
}

function headersOf(headers: unknown): Readonly<Record<string, string>> {
  if (typeof headers !== 'object' || headers === null) return {}
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  )
}
