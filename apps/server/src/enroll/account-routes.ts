import { PkiError } from '@edict/pki'
import { encodeEnrollmentError, ProtocolError } from '@edict/protocol'
import { StoreUnavailable } from '@edict/store'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { giveAccountProfile } from '../operations/give-account-profile.ts'
import type { Services } from '../services.ts'
import { isManagedAppleAccount } from '../sign-in/account-name.ts'
import { offeredMode } from '../sign-in/offered-mode.ts'
import { accountDevice } from './account-device.ts'
import { bearerOf } from './bearer.ts'
import { signInChallenge } from './sign-in-challenge.ts'

/** A property list of a kilobyte, and the certificates that stand behind it. */
const MAX_BODY = 64 * 1024

const WELL_KNOWN = '/.well-known/com.apple.remotemanagement'

/** @see Apple Device Management: Discover Authentication Servers */
const modelFamilies: ReadonlySet<unknown> = new Set(['AppleTV', 'iPad', 'iPhone', 'Mac', 'RealityDevice', 'Watch'])

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId' | 'metrics' | 'log' | 'signIn'>

/**
 * Account-driven enrollment up to its profile: which servers there are for an account, and the profile itself, for which a device is
 * sent to sign in first. Nothing here depends on whether an account exists.
 */
export function accountFace(app: FastifyInstance, services: Uses): void {
  const { reach, now, metrics, log, signIn } = services
  const note = (reply: FastifyReply, mode: string, result: string, more: object = {}): void => {
    metrics.accountProfiles.inc({ result })
    const ms = Math.round(reply.elapsedTime * 100) / 100
    log.info({ mode, result, status: reply.statusCode, ms, ...more }, 'account-driven enrollment')
  }
  const plain = (reply: FastifyReply, status: number, code: string, detail: string): FastifyReply => {
    if (status === 503) reply.header('retry-after', '10')
    return reply.code(status).type('application/json').send(JSON.stringify({ code, detail }))
  }
  const refusedDiscovery = (request: FastifyRequest, reply: FastifyReply, description: string): FastifyReply => {
    const message = 'Your organization does not let this device enroll with an account.'
    const error = { code: 'com.apple.well-known.failed', description, message } as const
    const { contentType, body } = encodeEnrollmentError(error, request.headers)
    return reply.code(403).type(contentType).send(Buffer.from(body))
  }

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  app.setErrorHandler((error: Partial<FastifyError>, _request, reply) => {
    const { status, code, detail } = refusal(error)
    if (status === 500) log.error({ err: error }, 'account-driven enrollment failed')
    plain(reply, status, code, detail)
    note(reply, 'unknown', code)
  })

  app.get(WELL_KNOWN, async (request, reply) => {
    const asked = request.query as Readonly<Record<string, unknown>>
    const identifier = asked['user-identifier']
    if (signIn.modes.length === 0) return refusedDiscovery(request, reply, 'account-driven enrollment is not offered')
    // The form has a domain behind the last @. Whether there is such an account is nobody's business here.
    if (typeof identifier !== 'string' || !isManagedAppleAccount(identifier))
      return refusedDiscovery(request, reply, 'user-identifier is missing, or no account')
    if (!modelFamilies.has(asked['model-family']))
      return refusedDiscovery(request, reply, 'model-family is missing or unknown')
    const url = reach.url()
    if (url === null)
      return plain(reply, 503, 'public-url-missing', 'Cannot answer now: the public address is not known')
    const Servers = signIn.modes.map((mode) => ({ Version: `mdm-${mode}`, BaseURL: `${url}/enroll/account/${mode}` }))
    // As octets: to text the library would add a charset, which Apple's servers do not say.
    return reply.type('application/json').send(Buffer.from(JSON.stringify({ Servers })))
  })

  const profile = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const mode = offeredMode((request.params as { mode: string }).mode, signIn)
    const url = reach.url()
    if (mode === undefined) {
      refusedDiscovery(request, reply, 'this enrollment is not offered')
      note(reply, 'unknown', 'not-offered')
      return reply
    }
    if (url === null)
      return plain(reply, 503, 'public-url-missing', 'Cannot answer now: the public address is not known')
    const { product, build, apple } = accountDevice(bodyOf(request), now())
    const given = await giveAccountProfile(bearerOf(request.headers), mode, services)
    if (given === null) {
      reply.header('www-authenticate', signInChallenge(url, mode))
      plain(reply, 401, 'sign-in-required', 'Cannot give a profile: somebody has to sign in for it')
      note(reply, mode, 'sign-in-required', { product, build })
      return reply
    }
    reply.type('application/x-apple-aspen-config').send(Buffer.from(given.profile))
    note(reply, mode, 'given', { product, build, apple, account: given.account.name })
    return reply
  }
  app.post('/enroll/account/:mode', { bodyLimit: MAX_BODY }, profile)
}

function bodyOf({ body }: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(body) ? body : new Uint8Array()
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly detail: string
}

/** The one catch of this face. */
function refusal(error: unknown): Refusal {
  if (error instanceof PkiError || error instanceof ProtocolError)
    return { status: 400, code: error.code, detail: error.message }
  if (error instanceof StoreUnavailable)
    return { status: 503, code: error.code, detail: 'Cannot answer now: try again' }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    if (error.statusCode === 413)
      return { status: 413, code: 'body-too-large', detail: 'Cannot read: it is over 64 KiB' }
    if (error.statusCode < 500) return { status: 400, code: 'message-malformed', detail: error.message }
  }
  return { status: 500, code: 'internal-error', detail: 'Cannot answer: the server failed' }
}
