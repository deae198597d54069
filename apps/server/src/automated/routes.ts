import { decodeBase64, PkiError } from '@edict/pki'
import { type EnrollmentError, encodeEnrollmentError, ProtocolError } from '@edict/protocol'
import { StoreUnavailable } from '@edict/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { signedMachineInfo } from '../enroll/signed-machine-info.ts'
import {
  type AskingDevice,
  type Given,
  giveAutomatedProfile,
  type Judged,
  judgeAutomated,
} from '../operations/give-automated-profile.ts'
import { type GivenToWatch, giveWatchProfile } from '../operations/give-watch-profile.ts'
import { callerOf } from '../scep/caller-of.ts'
import { createFailureLimit } from '../scep/failure-limit.ts'
import type { Services } from '../services.ts'
import { beginSignIn } from '../sign-in/begin-sign-in.ts'

/** A signed property list with the certificates above it takes some five kilobytes. */
const MAX_BODY = 64 * 1024

/** Of whom nothing can be read. A class of devices behind one address asks at once. */
const LIMIT = { burst: 50, forgivenAfter: 2000, remembered: 10_000 }

const AUTOMATED = '/enroll/automated'
const WEB = `${AUTOMATED}/web`
/** For `EnrollmentProfileURL` of `com.apple.configuration.watch.enrollment`. */
const WATCH = '/enroll/watch'
const ANCHORS = `${AUTOMATED}/anchors`
/** On the first request of the web view, and on no other. */
const DEVICE_INFO = 'x-apple-aspen-deviceinfo'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId' | 'metrics' | 'log' | 'settings' | 'signIn'>

/** What is known of a request when it is noted. */
interface Noted {
  readonly result: string
  readonly device?: AskingDevice
}

/**
 * Where devices that are Apple's to send here ask for their profile, in Setup Assistant: by themselves (`url` of the profile that is
 * made with Apple's service), or in a web view in which a person signs in first (`configuration_web_url`). And where Watches do, through their
 * iPhones. No 401 is said here.
 */
export function automatedFace(app: FastifyInstance, services: Uses): void {
  const { metrics, log, now, reach, settings } = services
  const limit = createFailureLimit(LIMIT)
  const note = (reply: FastifyReply, { result, device }: Noted): void => {
    metrics.automated.inc({ result })
    const ms = Math.round(reply.elapsedTime * 100) / 100
    const line = { serial: device?.serial, udid: device?.udid, result, status: reply.statusCode, ms }
    if (result === 'unexpected') log.warn(line, 'automated enrollment')
    else log.info(line, 'automated enrollment')
  }
  const refuse = (
    { headers }: FastifyRequest,
    reply: FastifyReply,
    error: EnrollmentError,
    noted: Noted,
  ): FastifyReply => {
    const { contentType, body } = encodeEnrollmentError(error, headers)
    reply.code(403).headers({ 'cache-control': 'no-store' }).type(contentType).send(Buffer.from(body))
    note(reply, noted)
    return reply
  }
  const plain = (reply: FastifyReply, status: number, code: string, detail: string): FastifyReply => {
    if (status === 503) reply.header('retry-after', '10')
    reply.code(status).type('application/json').send(JSON.stringify({ code, detail }))
    note(reply, { result: code })
    return reply
  }
  const give = async (request: FastifyRequest, reply: FastifyReply, device: AskingDevice): Promise<FastifyReply> => {
    return answer(request, reply, device, await giveAutomatedProfile(device, services))
  }
  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    device: AskingDevice,
    given: Given | GivenToWatch | null,
  ): FastifyReply => {
    if (given === null)
      return plain(reply, 503, 'public-url-missing', 'Cannot enroll: where devices find this server is not known')
    if (given.kind === 'refused') return refuse(request, reply, given.error, { result: given.why, device })
    reply.headers({ 'cache-control': 'no-store' }).type('application/x-apple-aspen-config')
    reply.send(Buffer.from(given.profile))
    note(reply, { result: 'profile', device })
    return reply
  }
  /** Who is let in, of those who can be read at all. */
  const judge = async (body: Uint8Array): Promise<{ judged: Judged; device: AskingDevice }> => {
    const info = signedMachineInfo(body, services)
    return {
      judged: await judgeAutomated(info, services),
      device: { serial: info.SERIAL ?? '', udid: info.UDID ?? '' },
    }
  }

  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error, request, reply) => {
    const { status, code, detail } = refusal(error)
    if (status === 500) log.error({ err: error }, 'automated enrollment failed')
    if (status < 500) limit.failed(callerOf(request.ip), now())
    return plain(reply, status, code, detail)
  })
  app.addHook('onRequest', async (request, reply) => {
    const wait = limit.waitOf(callerOf(request.ip), now())
    if (wait === 0) return
    reply.header('retry-after', String(Math.ceil(wait / 1000)))
    return plain(reply, 429, 'too-many-failures', 'Cannot answer now: too many requests of yours failed')
  })

  app.post(AUTOMATED, { bodyLimit: MAX_BODY }, async (request, reply) => {
    const { judged, device } = await judge(bodyOf(request))
    if (judged.kind === 'refused') return refuse(request, reply, judged.error, { result: judged.why, device })
    if (settings.automatedSignIn)
      return refuse(request, reply, SIGN_IN_REQUIRED, { result: 'sign-in-required', device })
    return give(request, reply, judged.device)
  })

  app.post(WATCH, { bodyLimit: MAX_BODY }, async (request, reply) => {
    const info = signedMachineInfo(bodyOf(request), services)
    const device = { serial: info.SERIAL ?? '', udid: info.UDID ?? '' }
    return answer(request, reply, device, await giveWatchProfile(info, services))
  })

  app.get(WEB, async (request, reply) => {
    const { judged, device } = await judge(inHeader(request))
    if (judged.kind === 'refused') return refuse(request, reply, judged.error, { result: judged.why, device })
    if (!settings.automatedSignIn) return give(request, reply, judged.device)
    await beginSignIn({ kind: 'automated', ...judged.device }, '', reply, services)
    note(reply, { result: 'sign-in', device })
    return reply
  })

  app.get('/MDMServiceConfig', async (_request, reply) => {
    const url = reach.url()
    if (url === null) return plain(reply, 503, 'public-url-missing', 'Cannot say where devices enroll: it is not known')
    const document = {
      dep_enrollment_url: `${url}${AUTOMATED}`,
      ...(reach.anchors().length === 0 ? {} : { dep_anchor_certs_url: `${url}${ANCHORS}` }),
    }
    return reply.header('content-type', 'application/json; charset=UTF8').send(JSON.stringify(document))
  })

  app.get(ANCHORS, async (_request, reply) =>
    reply
      .header('content-type', 'application/json; charset=UTF8')
      .send(JSON.stringify(reach.anchors().map((der) => Buffer.from(der).toString('base64')))),
  )
}

const SIGN_IN_REQUIRED: EnrollmentError = {
  code: 'com.apple.unrecognized.device',
  description: 'Somebody has to sign in: use configuration_web_url',
  message: 'This device has to be set up with a sign-in. Ask your administrator.',
}

function bodyOf({ body }: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(body) ? body : new Uint8Array()
}

function inHeader({ headers }: FastifyRequest): Uint8Array {
  const given = headers[DEVICE_INFO]
  if (typeof given === 'string' && given !== '') return decodeBase64(given, DEVICE_INFO)
  throw new ProtocolError('machine-info-missing', `Cannot tell which device this is: ${DEVICE_INFO} is missing`, {
    at: DEVICE_INFO,
    expected: 'base64 of signed MachineInfo',
  })
}

interface Refused {
  readonly status: number
  readonly code: string
  readonly detail: string
}

/** The one catch of this face. There is no 401 here: only in account-driven enrollment does it mean anything. */
function refusal(error: unknown): Refused {
  if (error instanceof PkiError || error instanceof ProtocolError) {
    const { code, message } = error
    return { status: code === 'too-large' ? 413 : 400, code, detail: message }
  }
  if (error instanceof StoreUnavailable)
    return { status: 503, code: error.code, detail: 'Cannot answer now: try again' }
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    if (error.statusCode === 413)
      return { status: 413, code: 'body-too-large', detail: `Cannot read the request: it is over ${MAX_BODY} octets` }
    return { status: 400, code: 'message-malformed', detail: error.message }
  }
  return { status: 500, code: 'internal-error', detail: 'Cannot answer: the server failed' }
}
