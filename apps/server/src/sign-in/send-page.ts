import type { FastifyReply } from 'fastify'
import type { Purpose } from './purpose.ts'
import { rulesOf } from './purposes.ts'
import { type SignInComplaint, type SignInEnding, signInEnded, signInPage } from './sign-in-page.ts'

const endingStatus = {
  over: 400,
  elsewhere: 403,
  unreachable: 503,
  'provider-failed': 502,
  'account-unsuitable': 403,
  unknown: 404,
  failed: 500,
} as const satisfies Record<SignInEnding, number>

/** Of 401 a device makes more than a page can mean. */
const complaintStatus = { wrong: 403, wait: 429, busy: 503 } as const satisfies Record<SignInComplaint, number>

/** The form says to whom its redirect may lead: browsers hold that against it too. The origin has to be told by the browser. */
function guarded(reply: FastifyReply, status: number, leadsTo: string | undefined): FastifyReply {
  const formAction = leadsTo === undefined ? "'self'" : `'self' ${leadsTo}`
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
      'x-content-type-options': 'nosniff',
    })
}

/** Sends the form, for the first time or with what was wrong. */
export function sendForm(reply: FastifyReply, purpose: Purpose, form: Parameters<typeof signInPage>[0]): FastifyReply {
  const status = form.complaint === undefined ? 200 : complaintStatus[form.complaint]
  return guarded(reply, status, rulesOf(purpose).leadsTo).send(signInPage(form))
}

/** Sends a page without a form. */
export function sendEnding(reply: FastifyReply, ending: SignInEnding, status?: number): FastifyReply {
  const code = status ?? endingStatus[ending]
  if (code === 503) reply.header('retry-after', '10')
  return guarded(reply, code, undefined).send(signInEnded(ending))
}
