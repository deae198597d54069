import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Fleet } from '../fleet/fleet.ts'
import { isLoopback, listenAddress, listenOn } from '../listen-address.ts'
import { OptionError } from '../option.ts'
import { ControlError } from './control-error.ts'
import { readBody } from './read-body.ts'
import { type Route, routes } from './routes.ts'

export interface ControlOptions {
  /** HOST:PORT; port 0 takes a free one. */
  readonly listen: string
  readonly fleet: Fleet
  /** Without it only an address that this machine alone can reach is taken: nobody is asked who they are. */
  readonly anywhere?: boolean
}

/** The door through which a person or a test changes devices and looks into them. */
export interface Control {
  readonly url: string
  close(): Promise<void>
}

/** @throws ListenError, or OptionError for the address */
export async function startControl({ listen, fleet, anywhere = false }: ControlOptions): Promise<Control> {
  const address = listenAddress(listen)
  if (!anywhere && !isLoopback(address.host)) {
    throw new OptionError(
      `Cannot open the control door on ${address.host}: anybody there could use it; use 127.0.0.1, ::1 or localhost, or say --control-anywhere`,
    )
  }
  const server = createServer((request, response) => {
    void answer(request, fleet).then(({ status, body }) => send(request, response, status, body))
  })
  const url = await listenOn(server, address)
  return {
    url,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The one catch of the control door. */
async function answer(request: IncomingMessage, fleet: Fleet): Promise<Answer> {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const { route, id } = find(request.method ?? 'GET', pathname)
    return { status: 200, body: await route.answer({ fleet, id, query: searchParams, body: () => readBody(request) }) }
  } catch (error) {
    if (error instanceof ControlError) {
      const { status, code, message, evidence } = error
      return { status, body: { code, detail: message, ...evidence } }
    }
    const detail = error instanceof Error ? error.message : String(error)
    return { status: 500, body: { code: 'internal-error', detail } }
  }
}

function find(method: string, pathname: string): { readonly route: Route; readonly id: string } {
  const words = pathname.split('/')
  const fitting = routes.filter(({ path }) => fits(path.split('/'), words))
  const route = fitting.find((one) => one.method === method)
  if (route !== undefined) return { route, id: route.path.includes('*') ? decoded(words[2] ?? '') : '' }
  const expected = (fitting.length > 0 ? fitting : routes).map((one) => `${one.method} ${one.path}`).join(', ')
  const found = `${method} ${pathname}`
  const [status, code] = fitting.length > 0 ? [405, 'method-unknown'] : [404, 'path-unknown']
  throw new ControlError(status as number, code as string, `Cannot answer: found ${found}, expected ${expected}`, {
    found,
    expected,
  })
}

function fits(pattern: readonly string[], words: readonly string[]): boolean {
  return (
    pattern.length === words.length &&
    pattern.every((word, place) => (word === '*' ? words[place] !== '' : word === words[place]))
  )
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word)
  } catch {
    throw new ControlError(400, 'path-malformed', `Cannot read the path: ${word} is not percent-encoded UTF-8`, {
      found: word,
    })
  }
}

function send(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
  // What of the body was not read must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes, () => {
    if (!request.complete) request.destroy()
  })
}
