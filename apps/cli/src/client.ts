import type { Readable } from 'node:stream'
import {
  type Endpoint,
  type EndpointBody,
  type EndpointName,
  type EndpointParams,
  type EndpointQuery,
  type EndpointResponse,
  endpointPath,
  endpoints,
  PROBLEM_TYPE,
  type Problem,
} from '@edict/api'
import { RefusedError, UnreachableError, UsageError } from './failure.ts'
import { sendOctets } from './send-octets.ts'

/** The server that is spoken to, and who speaks. */
export interface Target {
  readonly server: string
  readonly token: string | undefined
  readonly signal?: AbortSignal
}

/** What a call to an endpoint takes: its params and body if it has them, and perhaps a query and a revision. */
export type CallInput<Name extends EndpointName> = Part<'params', EndpointParams<Name>> &
  Part<'body', EndpointBody<Name>> & {
    readonly query?: EndpointQuery<Name>
    /** The body of an endpoint that takes octets. */
    readonly octets?: Readable
    /** The revision it was planned on: another one is refused with `revision-moved`. */
    readonly revision?: string
    /** Asks for server-sent events, after the one with this id if there was one. */
    readonly follow?: Follow
  }

interface Follow {
  readonly after: string | undefined
}

type Part<Key extends string, Value> = Value extends undefined
  ? { readonly [K in Key]?: undefined }
  : { readonly [K in Key]: Value }

export interface Client {
  /**
   * Calls an endpoint by its name.
   *
   * @throws UnreachableError when no server answers, RefusedError with its problem document, UsageError when its URL is not one.
   */
  call<Name extends EndpointName>(name: Name, input: CallInput<Name>): Promise<EndpointResponse<Name>>
  /** Opens an endpoint whose answer is a stream. */
  open<Name extends EndpointName>(name: Name, input: CallInput<Name>): Promise<Response>
}

interface Parts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly octets?: Readable
  readonly revision?: string
  readonly follow?: Follow
}

export function createClient(target: Target): Client {
  const open = async (name: EndpointName, input: Parts) => {
    const endpoint = lines.get(name)
    if (endpoint === undefined) throw new TypeError(`Cannot call ${name}: there is no such endpoint`)
    const response = await send(target, endpoint, input)
    if (!response.ok) throw new RefusedError(withToken(await problemOf(response), target))
    return response
  }
  const call = async (name: EndpointName, input: Parts) => jsonOf(await open(name, input), target.server)
  // Parts and unknown are what every line of the table has in common; the types per name are the table's own.
  return { open, call } as unknown as Client
}

const lines: ReadonlyMap<EndpointName, Endpoint> = new Map(endpoints.map((endpoint) => [endpoint.name, endpoint]))

async function send(target: Target, endpoint: Endpoint, input: Parts): Promise<Response> {
  const url = urlOf(target.server, endpoint, input)
  const headers = headersFor(target, endpoint, input)
  const { method } = endpoint
  const until = target.signal === undefined ? {} : { signal: target.signal }
  try {
    if (input.octets !== undefined) return await sendOctets(url, input.octets, { method, headers, ...until })
    return await fetch(url, {
      method,
      headers,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...until,
    })
  } catch (cause) {
    if (target.signal?.aborted) throw cause
    throw unreachable(target.server, cause)
  }
}

function headersFor(
  { token }: Target,
  endpoint: Endpoint,
  { body, revision, follow }: Parts,
): Readonly<Record<string, string>> {
  return {
    accept: `${follow === undefined ? (endpoint.produces ?? 'application/json') : 'text/event-stream'}, ${PROBLEM_TYPE}`,
    ...(follow?.after === undefined ? {} : { 'last-event-id': follow.after }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(endpoint.consumes === undefined ? {} : { 'content-type': endpoint.consumes }),
    ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
  }
}

function urlOf(server: string, endpoint: Endpoint, { params, query = {} }: Parts): URL {
  const base = URL.parse(server)
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new UsageError(
      `Cannot use server ${server}: it is not an http or https URL`,
      'give one such as http://127.0.0.1:8080',
    )
  }
  const url = new URL(base.pathname.replace(/\/$/, '') + endpointPath(endpoint.path, params), base)
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value))
  return url
}

const remedies: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: 'start it with `edict serve`, or give another one with --server or EDICT_URL',
  ENOTFOUND: 'look at the name in --server or EDICT_URL',
  EAI_AGAIN: 'look at the name in --server or EDICT_URL, and at the network',
}

function unreachable(server: string, cause: unknown): UnreachableError {
  const { code, message } = rootOf(cause)
  const remedy = remedies[code ?? ''] ?? 'look at --server or EDICT_URL, and whether the server runs'
  return new UnreachableError(
    `Cannot reach ${server}: ${code === 'ECONNREFUSED' ? 'nothing listens there' : message}`,
    remedy,
    cause,
  )
}

/** fetch wraps what happened in "fetch failed", and a name with several addresses in an AggregateError. */
function rootOf(error: unknown): { readonly code?: string; readonly message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0])
  if (!(error instanceof Error)) return { message: String(error) }
  if (error.cause !== undefined) return rootOf(error.cause)
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? { code, message: error.message } : { message: error.message }
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text()
  const said = response.headers.get('content-type')?.startsWith(PROBLEM_TYPE) ? parsed(text) : undefined
  if (isProblem(said)) {
    if (response.status === 503) throw new UnreachableError(said.detail, said.remedy ?? 'try again in a moment')
    return said
  }
  const detail = `Cannot use the answer of ${response.url}: it is ${response.status} without a problem document`
  if (response.status === 502 || response.status === 503 || response.status === 504) throw new UnreachableError(detail)
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: 'answer-unknown',
    detail,
    found: text.slice(0, 200),
    remedy: 'look whether --server or EDICT_URL is the address of an Edict server',
  }
}

/** The token comes from one variable here, which the server cannot know. */
function withToken(problem: Problem, { token }: Target): Problem {
  if (problem.status !== 401) return problem
  const set =
    token === undefined ? 'set EDICT_ADMIN_TOKEN' : 'look at EDICT_ADMIN_TOKEN: it is not the token of this server'
  return { ...problem, remedy: `${set}; the server shows its token once, on stderr at its first start` }
}

async function jsonOf(response: Response, server: string): Promise<unknown> {
  const value = parsed(await response.text())
  if (value !== undefined) return value
  throw new UnreachableError(
    `Cannot use the answer of ${response.url}: it is not JSON`,
    `look whether ${server} is the address of an Edict server`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value
}
