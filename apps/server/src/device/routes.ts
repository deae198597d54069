import { ProtocolError } from '@edict/protocol'
import { StoreUnavailable } from '@edict/store'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contentRoutes, isByKey } from '../content/routes.ts'
import { signInChallenge } from '../enroll/sign-in-challenge.ts'
import { prove, refuseUnproved } from '../identity/prove.ts'
import type { Proven } from '../identity/proven.ts'
import { SignInRequired } from '../identity/sign-in-required.ts'
import type { DeviceSettings, Services } from '../services.ts'
import { keepSaid } from '../trace/keep-said.ts'
import type { Answer } from './answer.ts'
import { checkIn } from './check-in.ts'
import { connectTurn } from './connect.ts'
import { DeviceError, deviceStatus } from './device-error.ts'
import { newTrace, type Trace } from './trace.ts'

type Face = (body: Uint8Array, proven: Proven | null, services: Services, trace: Trace) => Promise<Answer>

const NOTHING = new Uint8Array()

const CHECK_IN = 'application/x-apple-aspen-mdm-checkin'
const CONNECT = 'application/x-apple-aspen-mdm'

/** The device face. Devices send PUT; POST is accepted too. */
const routes: readonly { readonly url: string; readonly face: (request: FastifyRequest, body: Uint8Array) => Face }[] =
  [
    { url: '/mdm/checkin', face: () => checkIn },
    { url: '/mdm/connect', face: () => connectTurn },
    { url: '/mdm', face: byContent },
  ]

/** Those, and the paths of an earlier server, which may be the same. */
function allRoutes({ devicePaths }: DeviceSettings): typeof routes {
  const further = devicePaths.filter((path) => !routes.some(({ url }) => url === path))
  return [...routes, ...further.map((url) => ({ url, face: byContent }))]
}

/** One URL for both: by the prefix of the content type, by the message where a client sends none of the two. */
function byContent(request: FastifyRequest, body: Uint8Array): Face {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith(CHECK_IN)) return checkIn
  if (type.startsWith(CONNECT)) return connectTurn
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).includes('MessageType') ? checkIn : connectTurn
}

export function deviceFace(app: FastifyInstance, services: Services): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request) => {
    if (!isByKey(request)) refuseUnproved(request.raw, services.settings)
  })
  for (const { url, face } of allRoutes(services.settings)) {
    app.route({
      method: ['PUT', 'POST'],
      url,
      handler: async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : new Uint8Array()
        return answer(face(request, body), request, body, reply, services)
      },
    })
  }
  contentRoutes(app, services)
  app.setErrorHandler((error: FastifyError, _request, reply) => refuse(error, newTrace(), reply, services))
}

/** The one catch of the device face: what was thrown becomes a status, and one line says what happened. */
async function answer(
  face: Face,
  request: FastifyRequest,
  body: Uint8Array,
  reply: FastifyReply,
  services: Services,
): Promise<FastifyReply> {
  const trace = newTrace()
  const end = services.metrics.deviceSeconds.startTimer()
  try {
    const proven = await prove(request.raw, body, services)
    trace.proof = proven?.by ?? null
    trace.certificate = proven?.certificate.fingerprint ?? null
    const said = await face(body, proven, services, trace)
    if (said.type !== undefined) reply.type(said.type)
    note(trace, reply, 200, { request: body, answer: said.body ?? NOTHING }, services)
    return reply.code(200).send(said.body)
  } catch (error) {
    return refuse(error, trace, reply, services, body)
  } finally {
    end({ endpoint: trace.endpoint })
  }
}

function refuse(
  error: unknown,
  trace: Trace,
  reply: FastifyReply,
  services: Services,
  request: Uint8Array = NOTHING,
): FastifyReply {
  const { status, document } = refusal(placed(error, services))
  if (error instanceof SignInRequired && status === 401)
    reply.header('www-authenticate', signInChallenge(services.reach.url() ?? '', error.mode))
  if (status === 500) services.log.error({ err: error, ...trace }, 'device request failed')
  if (status === 503) reply.header('retry-after', '10')
  const answer = Buffer.from(JSON.stringify(document))
  note(trace, reply, status, { request, answer }, services, document.code)
  return reply.code(status).type('application/json').send(answer)
}

/** Who does not know where to sign in can only come again. */
function placed(error: unknown, { reach }: Services): unknown {
  if (!(error instanceof SignInRequired) || reach.url() !== null) return error
  return new DeviceError('store-unavailable', 'Cannot answer now: where people sign in is not known')
}

interface Refused {
  readonly status: number
  readonly document: {
    readonly code: string
    readonly detail: string
    readonly at?: string
    readonly expected?: string
  }
}

function refusal(error: unknown): Refused {
  if (error instanceof DeviceError)
    return {
      status: deviceStatus[error.code],
      document: { code: error.code, detail: error.message, ...error.evidence },
    }
  if (error instanceof ProtocolError) {
    const { at, expected } = error
    const place = { ...(at === undefined ? {} : { at }), ...(expected === undefined ? {} : { expected }) }
    return {
      status: error.code === 'too-large' ? 413 : 400,
      document: { code: error.code, detail: error.message, ...place },
    }
  }
  if (error instanceof StoreUnavailable)
    return { status: 503, document: { code: error.code, detail: 'Cannot answer now: try again' } }
  if (isFastifyError(error) && error.statusCode === 413) {
    return { status: 413, document: { code: 'body-too-large', detail: 'Cannot read the request: it is over 16 MiB' } }
  }
  if (isFastifyError(error) && error.statusCode !== undefined && error.statusCode < 500) {
    return { status: 400, document: { code: 'message-malformed', detail: error.message } }
  }
  return { status: 500, document: { code: 'internal-error', detail: 'Cannot answer: the server failed' } }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error
}

function note(
  trace: Trace,
  reply: FastifyReply,
  status: number,
  octets: { readonly request: Uint8Array; readonly answer: Uint8Array },
  services: Services,
  code?: string,
): void {
  services.metrics.deviceRequests.inc({ endpoint: trace.endpoint, status })
  const refused = code?.startsWith('identity-') ?? false
  if (trace.proof !== null || refused)
    services.metrics.identities.inc({
      proof: trace.proof ?? 'none',
      result: refused && code !== undefined ? code : 'accepted',
    })
  const ms = Math.round(reply.elapsedTime * 100) / 100
  const { length: received } = octets.request
  const { length: sent } = octets.answer
  const why = code === undefined ? {} : { code }
  const answered = { status, length: sent, ms, received, ...why, flaws: [] }
  keepSaid(trace, answered, octets, services)
  if (refused && trace.enrollment === null) services.claims.note(octets.request, answered)
  const { enrollment, endpoint, proof, certificate } = trace
  const proved = proof === null ? {} : { proof, certificate }
  const line = { enrollment, endpoint, status, ms, received, sent, ...proved }
  services.log.info(code === undefined ? line : { ...line, code }, 'device')
}
