import { timingSafeEqual } from 'node:crypto'
import { type Endpoint, type EndpointName, endpoints } from '@edict/api'
import { sha256 } from '@edict/core'
import { decodeJson, type JsonObject } from '@edict/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Write } from '../operations/commit.ts'
import type { Services } from '../services.ts'
import { accountHandlers } from './accounts.ts'
import { auditHandlers } from './audit.ts'
import { authorityHandlers } from './authorities.ts'
import { commandHandlers } from './commands.ts'
import { contentHandlers } from './content.ts'
import { declarationHandlers } from './declarations.ts'
import { diagnosisHandlers } from './diagnoses.ts'
import { enrollmentHandlers } from './enrollments.ts'
import { eventHandlers } from './events.ts'
import { expectedDeviceHandlers } from './expected-devices.ts'
import { explainHandlers } from './explain.ts'
import { fleetHandlers } from './fleet.ts'
import { fleetStatusHandlers } from './fleet-status.ts'
import { groupHandlers } from './groups.ts'
import { invitationHandlers } from './invitations.ts'
import { AdminError, placedProblem, problemOf, sendProblem } from './problem.ts'
import { propertyHandlers } from './properties.ts'
import { pushCertificateHandlers } from './push-certificate.ts'
import { reportHandlers } from './reports.ts'
import type { AdminRequest, Handler, Handlers } from './request.ts'
import { secretHandlers } from './secrets.ts'
import { setHandlers } from './sets.ts'
import { settingsHandlers } from './settings.ts'
import { statusHandlers } from './status.ts'
import { traceHandlers } from './traces.ts'
import { validatorFor } from './validate.ts'
import { webhookHandlers } from './webhooks.ts'
import { keepBody } from './written.ts'

type Guarded = Exclude<EndpointName, 'health' | 'ready' | 'metrics' | 'openapi'>

const handlers: Handlers<Guarded> = {
  ...declarationHandlers,
  ...setHandlers,
  ...groupHandlers,
  ...enrollmentHandlers,
  ...explainHandlers,
  ...propertyHandlers,
  ...commandHandlers,
  ...traceHandlers,
  ...diagnosisHandlers,
  ...statusHandlers,
  ...reportHandlers,
  ...fleetHandlers,
  ...fleetStatusHandlers,
  ...eventHandlers,
  ...webhookHandlers,
  ...auditHandlers,
  ...settingsHandlers,
  ...secretHandlers,
  ...invitationHandlers,
  ...accountHandlers,
  ...expectedDeviceHandlers,
  ...authorityHandlers,
  ...contentHandlers,
  ...pushCertificateHandlers,
}

/** The admin face: every endpoint of the contract that needs a token. */
export function adminFace(app: FastifyInstance, tokenHash: string, services: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/(?:[a-z.+-]+\+)?json/, { parseAs: 'buffer' }, (request, body, done) => {
    keepBody(request, new Uint8Array(body as Buffer))
    try {
      done(null, body.length === 0 ? undefined : decodeJson(new Uint8Array(body as Buffer)))
    } catch (error) {
      done(error as Error)
    }
  })
  app.setValidatorCompiler(validatorFor)
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  app.setErrorHandler((error, request, reply) => {
    const problem = placedProblem(problemOf(error), request)
    if (problem.status === 500) services.log.error({ err: error, url: request.url }, 'admin request failed')
    return sendProblem(reply, problem)
  })
  app.addHook('onRequest', async (request) => authorize(request, tokenHash))
  for (const endpoint of endpoints as readonly Endpoint[]) {
    if (endpoint.public === true) continue
    const { consumes } = endpoint
    if (consumes === undefined) addRoute(app, endpoint, services)
    else app.register(async (scope) => addOctetsRoute(scope, endpoint, consumes, services))
  }
}

/** What takes octets reads them itself, as they come. */
function addOctetsRoute(app: FastifyInstance, endpoint: Endpoint, type: string, services: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(type, (_request, _octets, done) => done(null))
  addRoute(app, endpoint, services)
}

function addRoute(app: FastifyInstance, endpoint: Endpoint, services: Services): void {
  const handle = handlers[endpoint.name as Guarded] as Handler<EndpointName>
  const { params, query, body, responses, summary, produces } = endpoint
  const schema = {
    summary,
    operationId: endpoint.name,
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined || endpoint.bodyOptional === true ? {} : { body }),
    ...(produces === undefined ? {} : { produces: [produces] }),
    response: responses,
  }
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const given = endpoint.bodyOptional === true && body !== undefined ? optionalBody(request, body) : request.body
    const admin = {
      params: request.params,
      query: request.query,
      body: given,
      write: writeOf(endpoint, request),
      raw: request,
      reply,
    }
    const said = await handle(admin as unknown as AdminRequest<EndpointName>, services)
    return said === undefined ? reply : reply.type('application/json').send(JSON.stringify(said))
  }
  app.route({ method: endpoint.method, url: endpoint.path, schema, handler: answer })
  for (const url of endpoint.aliases ?? []) {
    app.route({ method: endpoint.method, url, schema: { ...schema, hide: true }, handler: answer })
  }
}

/** A request without a body counts as one with `{}`. */
function optionalBody(request: FastifyRequest, body: NonNullable<Endpoint['body']>): unknown {
  const given = request.body ?? {}
  const result = validatorFor({ schema: body, httpPart: 'body' })(given)
  if (result.error !== undefined) throw result.error
  return result.value
}

function authorize(request: FastifyRequest, tokenHash: string): void {
  const header = request.headers.authorization
  const remedy =
    'send Authorization: Bearer with the token of EDICT_ADMIN_TOKEN, or the one that was shown at the first start'
  if (header === undefined)
    throw new AdminError('admin-token-missing', 'Cannot let anybody in: no token was sent', { remedy })
  const token = /^Bearer ([^\s]+)$/i.exec(header)?.[1] ?? ''
  if (timingSafeEqual(Buffer.from(sha256(token)), Buffer.from(tokenHash))) return
  throw new AdminError('admin-token-wrong', 'Cannot let this caller in: the token is wrong', { remedy })
}

function writeOf(endpoint: Endpoint, request: FastifyRequest): Write {
  const subject = request.url.replace(/\?.*$/, '').replace(/^\/api\/v1\//, '')
  const detail = (endpoint.write ? (request.body ?? {}) : {}) as JsonObject
  return {
    actor: 'admin',
    planned: plannedRevision(request),
    action: endpoint.name,
    subject: decodeURIComponent(subject),
    detail,
  }
}

function plannedRevision(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return null
  const revision = /^(?:W\/)?"(\d{1,15})"$/.exec(header)?.[1]
  if (revision !== undefined) return Number(revision)
  throw new AdminError('request-malformed', 'Cannot read If-Match: it is no revision', {
    at: 'If-Match',
    found: header,
    expected: 'the ETag of an answer, such as "12"',
  })
}
