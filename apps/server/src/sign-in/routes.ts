import { encodeEnrollmentError } from '@edict/protocol'
import type { SignIn } from '@edict/store'
import { StoreUnavailable } from '@edict/store'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'
import { accountName } from './account-name.ts'
import { createAttempts } from './attempts.ts'
import { beginSignIn, CALLBACK } from './begin-sign-in.ts'
import { isSameBrowser } from './browser-cookie.ts'
import { offeredMode } from './offered-mode.ts'
import { isPassword, PasswordsBusy } from './password.ts'
import type { Purpose, SignedIn } from './purpose.ts'
import { rulesOf } from './purposes.ts'
import { sendEnding, sendForm } from './send-page.ts'
import type { SignInComplaint, SignInEnding } from './sign-in-page.ts'

/** Two fields that a person fills in, and a state. */
const MAX_BODY = 8 * 1024

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId' | 'metrics' | 'log' | 'signIn'>

/**
 * Where people sign in: the page of account-driven enrollment, the form that it sends, and where an identity provider sends the
 * browser back to. There is no script, no session that outlives the sign-in, and no address to be sent on to that a request could name.
 */
export function signInFace(app: FastifyInstance, services: Uses): void {
  const { store, now, metrics, log, signIn, reach } = services
  const attempts = createAttempts()
  const note = (reply: FastifyReply, purpose: Purpose | null, result: string, account?: string): void => {
    metrics.signIns.inc({ purpose: purpose?.kind ?? 'unknown', result })
    const ms = Math.round(reply.elapsedTime * 100) / 100
    // Who signed in for which device is told by nothing else.
    const device = purpose?.kind === 'automated' ? { serial: purpose.serial, udid: purpose.udid } : {}
    log.info({ purpose: purpose?.kind, account, ...device, result, status: reply.statusCode, ms }, 'sign-in')
  }
  const end = (reply: FastifyReply, purpose: Purpose | null, ending: SignInEnding, status?: number): FastifyReply => {
    sendEnding(reply, ending, status)
    note(reply, purpose, ending)
    return reply
  }

  /** The sign-in that a request goes on with, or why it cannot. */
  const underWay = async (request: FastifyRequest, state: string): Promise<SignIn | 'over' | 'elsewhere'> => {
    const found = state === '' ? undefined : await store.read.signIn(hashToken(state))
    if (found === undefined || found.expiresAt <= now()) return 'over'
    return isSameBrowser(request.headers, found.browserHash) ? found : 'elsewhere'
  }

  /** Of several requests with one state one gets here. */
  const finish = async (reply: FastifyReply, purpose: Purpose, who: SignedIn): Promise<FastifyReply> => {
    const finished = await rulesOf(purpose).finish(purpose, who, services)
    if (finished === null) return end(reply, purpose, 'unreachable')
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    if (finished.kind === 'redirect') reply.code(308).header('location', finished.location).send()
    else if (finished.kind === 'profile')
      reply.type('application/x-apple-aspen-config').send(Buffer.from(finished.profile))
    else {
      const { contentType, body } = encodeEnrollmentError(finished.error)
      reply.code(403).type(contentType).send(Buffer.from(body))
    }
    note(reply, purpose, 'signed-in', who.name)
    return reply
  }

  // Whoever reads the log shall find neither state nor code there: no address in it.
  app.setErrorHandler((error: Partial<FastifyError>, _request, reply) => {
    const status = error instanceof StoreUnavailable ? 503 : (error.statusCode ?? 500)
    if (status === 500) log.error({ err: error }, 'sign-in failed')
    return end(reply, null, 'failed', status)
  })
  app.removeAllContentTypeParsers()
  const parser = { parseAs: 'string', bodyLimit: MAX_BODY } as const
  app.addContentTypeParser('application/x-www-form-urlencoded', parser, (_request, body, done) =>
    done(null, new URLSearchParams(String(body))),
  )

  app.get<{ Params: { mode: string } }>('/sign-in/account/:mode', async (request, reply) => {
    const mode = offeredMode(request.params.mode, signIn)
    if (mode === undefined) return end(reply, null, 'unknown')
    return beginSignIn({ kind: 'account', mode }, identifierIn(request), reply, services)
  })

  app.post('/sign-in', async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const url = reach.url()
    if (signIn.provider !== null || url === null) return end(reply, null, 'unknown')
    if (!isOwnForm(request, url)) return end(reply, null, 'elsewhere')
    const state = form.get('state') ?? ''
    const found = await underWay(request, state)
    if (typeof found === 'string') return end(reply, null, found)
    const purpose = found.purpose as Purpose
    const typed = form.get('account') ?? ''
    const again = (complaint: SignInComplaint): FastifyReply => {
      sendForm(reply, purpose, { action: `${url}/sign-in`, state, account: typed, complaint })
      note(reply, purpose, complaint)
      return reply
    }
    const name = accountName(typed)
    const wait = attempts.waitOf(name, request.ip, now())
    if (wait > 0) {
      reply.header('retry-after', String(Math.ceil(wait / 1000)))
      return again('wait')
    }
    const account = await store.read.account(name)
    let right: boolean
    try {
      right = await isPassword(form.get('password') ?? '', account?.password ?? null)
    } catch (error) {
      if (error instanceof PasswordsBusy) return again('busy')
      throw error
    }
    if (account === undefined || !right) {
      attempts.failed(name, request.ip, now())
      return again('wrong')
    }
    if (!(await store.transaction((tx) => tx.endSignIn(found.stateHash)))) return end(reply, purpose, 'over')
    return finish(reply, purpose, { name: account.name, managedAppleAccount: account.managedAppleAccount })
  })

  app.get(CALLBACK, async (request, reply) => {
    const { provider } = signIn
    const url = reach.url()
    if (provider === null || url === null) return end(reply, null, 'unknown')
    // By the address that devices know; the request's own may be a proxy's.
    const callback = new URL(`${url}${CALLBACK}${new URL(request.url, 'http://localhost').search}`)
    const state = callback.searchParams.get('state') ?? ''
    const found = await underWay(request, state)
    if (typeof found === 'string') return end(reply, null, found)
    const purpose = found.purpose as Purpose
    // What is made up costs a request to the provider, who counts ours.
    const wait = attempts.waitOf(null, request.ip, now())
    if (wait > 0) {
      reply.header('retry-after', String(Math.ceil(wait / 1000)))
      return end(reply, purpose, 'provider-failed', 429)
    }
    if (!(await store.transaction((tx) => tx.endSignIn(found.stateHash)))) return end(reply, purpose, 'over')
    const asserted = await provider.account(callback, { state, nonce: found.nonce, verifier: found.verifier })
    if (asserted.kind === 'account') return finish(reply, purpose, asserted.who)
    if (asserted.reason === 'provider-failed') attempts.failed(null, request.ip, now())
    log.warn({ reason: asserted.cause }, 'the identity provider let nobody in')
    return end(reply, purpose, asserted.reason)
  })
}

function identifierIn({ query }: FastifyRequest): string {
  const given = (query as Readonly<Record<string, unknown>>)['user-identifier']
  return typeof given === 'string' ? given : ''
}

/** Browsers say where a form was sent from. Another page's form would sign somebody in as whom that page likes. */
function isOwnForm({ headers }: FastifyRequest, publicUrl: string): boolean {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  return origin === undefined || origin === new URL(publicUrl).origin
}
