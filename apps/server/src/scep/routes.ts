import { PkiError, readPkiOperationQuery, writeAuthorityCertificates, writeScepCapabilities } from '@edict/pki'
import { StoreUnavailable } from '@edict/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../services.ts'
import { callerOf } from './caller-of.ts'
import { createFailureLimit } from './failure-limit.ts'
import { pkiOperation } from './pki-operation.ts'

/** A request is some kilobytes; this is what other servers take. */
const MAX_BODY = 2 * 1024 * 1024
const LIMIT = { burst: 50, forgivenAfter: 2000, remembered: 10_000 }

const operations = ['GetCACaps', 'GetCACert', 'PKIOperation'] as const
type Operation = (typeof operations)[number]

/** An answer, and what to note of it. */
interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  /** For the log and the measurements. */
  readonly result: string
  readonly kind?: string
  readonly enrollment?: string | null
}

type Uses = Pick<Services, 'trust' | 'settings' | 'metrics' | 'log' | 'now'>

/**
 * The SCEP face: who has a right to it gets a device identity (RFC 8894 §4). Open to everybody, for a device that has no identity
 * yet cannot prove one; so whoever fails often has to wait.
 */
export function scepFace(app: FastifyInstance, services: Uses): void {
  const limit = createFailureLimit(LIMIT)
  const begun = new WeakMap<FastifyRequest, number>()
  const note = (request: FastifyRequest, answer: Answer): void => {
    const operation = operationOf(request) ?? 'other'
    const { status, result, kind, enrollment } = answer
    services.metrics.scepRequests.inc({ operation, result })
    if (operation !== 'GetCACaps' && operation !== 'GetCACert' && !isGood(answer) && status !== 429 && status < 500)
      limit.failed(callerOf(request.ip), services.now())
    const ms = Math.round((performance.now() - (begun.get(request) ?? performance.now())) * 100) / 100
    const received = Buffer.isBuffer(request.body) ? request.body.length : 0
    const line = { operation, kind, enrollment, result, status, ms, received, sent: answer.body.length }
    services.log.info(line, 'scep')
  }
  const send = (request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply => {
    note(request, answer)
    if (answer.status === 503) reply.header('retry-after', '10')
    return reply.code(answer.status).type(answer.type).send(answer.body)
  }

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, request, reply) => send(request, reply, refusal(error, services)))
  app.addHook('onRequest', async (request, reply) => {
    begun.set(request, performance.now())
    const wait = limit.waitOf(callerOf(request.ip), services.now())
    if (wait === 0 || operationOf(request) !== 'PKIOperation') return
    reply.header('retry-after', String(Math.ceil(wait / 1000)))
    return send(request, reply, plain(429, 'too-many-failures', 'Cannot answer now: too many requests of yours failed'))
  })
  app.route({
    method: ['GET', 'POST'],
    url: '/scep',
    bodyLimit: MAX_BODY,
    handler: async (request, reply) => send(request, reply, await answer(request, services)),
  })
}

async function answer(request: FastifyRequest, services: Uses): Promise<Answer> {
  const operation = operationOf(request)
  if (operation === 'PKIOperation') {
    const { reply, ...said } = await pkiOperation(messageOf(request), services)
    return { status: 200, type: 'application/x-pki-message', body: reply, ...said }
  }
  if (operation === 'GetCACaps' && request.method === 'GET')
    return { status: 200, type: 'text/plain', body: writeScepCapabilities(), result: 'told' }
  if (operation === 'GetCACert' && request.method === 'GET') {
    const { contentType, body } = writeAuthorityCertificates([(await services.trust.authority()).certificate])
    return { status: 200, type: contentType, body, result: 'told' }
  }
  return plain(400, 'operation-unknown', `Cannot answer SCEP: expected operation=${operations.join(', ')}`)
}

function messageOf(request: FastifyRequest): Uint8Array {
  if (request.method === 'GET') return readPkiOperationQuery(queryOf(request))
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array()
}

/** By the query as it came: what the library makes of it has blanks for every plus of macOS. */
function operationOf(request: FastifyRequest): Operation | undefined {
  const named = queryOf(request)
    .split('&')
    .filter((part) => part.startsWith('operation='))
    .map((part) => part.slice('operation='.length))
  return named.length === 1 ? operations.find((one) => one === named[0]) : undefined
}

function queryOf({ raw: { url = '' } }: FastifyRequest): string {
  const mark = url.indexOf('?')
  return mark < 0 ? '' : url.slice(mark + 1)
}

function isGood({ result }: Answer): boolean {
  return result === 'told' || result === 'issued' || result === 'repeated'
}

/** The one catch of the SCEP face. There is no 401 here: a device might forget its enrollment for it. */
function refusal(error: unknown, { log }: Pick<Uses, 'log'>): Answer {
  if (error instanceof PkiError) return plain(400, error.code, error.message)
  if (error instanceof StoreUnavailable) return plain(503, error.code, 'Cannot answer now: try again')
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    if (error.statusCode === 413) return plain(413, 'body-too-large', 'Cannot read the request: it is over 2 MiB')
    if (error.statusCode < 500) return plain(400, 'message-malformed', error.message)
  }
  log.error({ err: error }, 'scep request failed')
  return plain(500, 'internal-error', 'Cannot answer: the server failed')
}

function plain(status: number, result: string, text: string): Answer {
  return { status, type: 'text/plain', body: `${text}\n`, result }
}
