import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'
import { maximumName } from './account-name.ts'
import { browserCookie } from './browser-cookie.ts'
import { newOidcExpected } from './identity-provider.ts'
import type { Purpose } from './purpose.ts'
import { rulesOf } from './purposes.ts'
import { sendEnding, sendForm } from './send-page.ts'

/** How long a sign-in may take, in milliseconds. */
const LIFETIME = 5 * 60_000

export const CALLBACK = '/sign-in/callback'

type Uses = Pick<Services, 'store' | 'reach' | 'now' | 'signIn' | 'log'>

/**
 * Answers a request with the page to sign in on, or sends it on to the identity provider. What belongs to the sign-in is kept here
 * under a state that is good once, for five minutes; the browser brings the state, and where it keeps cookies, the one it gets.
 *
 * @param identifier who is expected to sign in, as anybody may have said it
 */
export async function beginSignIn(
  purpose: Purpose,
  identifier: string,
  reply: FastifyReply,
  { store, reach, now, signIn, log }: Uses,
): Promise<FastifyReply> {
  const url = reach.url()
  if (url === null) return sendEnding(reply, 'unreachable')
  const state = randomBytes(32).toString('base64url')
  const browser = rulesOf(purpose).keepsCookies ? randomBytes(32).toString('base64url') : null
  const expected = newOidcExpected(state)
  const known = identifier.length <= maximumName ? identifier : ''
  const at = now()
  await store.transaction(async (tx) => {
    await tx.forgetSignIns(at)
    await tx.addSignIn({
      stateHash: hashToken(state),
      purpose,
      identifier: known,
      browserHash: browser === null ? null : hashToken(browser),
      verifier: expected.verifier,
      nonce: expected.nonce,
      expiresAt: at + LIFETIME,
    })
  })
  if (browser !== null) reply.header('set-cookie', browserCookie(browser, url, LIFETIME / 1000))
  if (signIn.provider === null) return sendForm(reply, purpose, { action: `${url}/sign-in`, state, account: known })
  try {
    const to = await signIn.provider.authorizationUrl(`${url}${CALLBACK}`, known, expected)
    return reply.code(302).header('cache-control', 'no-store').header('location', to.href).send()
  } catch (error) {
    log.warn(
      { reason: error instanceof Error ? error.message : 'unknown' },
      'the identity provider does not say where people sign in',
    )
    return sendEnding(reply, 'provider-failed')
  }
}
