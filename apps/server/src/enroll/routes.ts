import { StoreUnavailable } from '@edict/store'
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { acceptInvitation, lookAtInvitation } from '../operations/accept-invitation.ts'
import type { Services } from '../services.ts'
import { type InvitationRefusal, invitationPage, refusalPage } from './invitation-page.ts'

/** A form without fields. */
const MAX_BODY = 16 * 1024

const PROFILE = 'application/x-apple-aspen-config'

const statuses = {
  unknown: 404,
  used: 410,
  expired: 410,
  revoked: 410,
  unreachable: 503,
  failed: 500,
} as const satisfies Record<InvitationRefusal, number>

/** The token in the address is the secret of the invitation: nothing may keep it or pass it on. */
const discreet = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId' | 'metrics' | 'log'>

/**
 * Where the link of an invitation leads. To look at it costs nothing, for previews of links do; only the button on the page,
 * which is a POST, takes a place and gives the profile.
 */
export function enrollFace(app: FastifyInstance, services: Uses): void {
  const note = (reply: FastifyReply, invitation: string | null, result: string): void => {
    services.metrics.invitations.inc({ result })
    const ms = Math.round(reply.elapsedTime * 100) / 100
    services.log.info({ invitation, result, status: reply.statusCode, ms }, 'invitation')
  }
  const page = (reply: FastifyReply, refusal: InvitationRefusal | null, status?: number): FastifyReply =>
    reply
      .code(status ?? (refusal === null ? 200 : statuses[refusal]))
      .headers(discreet)
      .type('text/html; charset=utf-8')
      .send(refusal === null ? invitationPage() : refusalPage(refusal))

  // Whoever reads the log shall not find a token there: no address in it.
  app.setErrorHandler((error: Partial<FastifyError>, _request, reply) => {
    const status = error instanceof StoreUnavailable ? 503 : (error.statusCode ?? 500)
    if (status === 503) reply.header('retry-after', '10')
    if (status === 500) services.log.error({ err: error }, 'invitation failed')
    page(reply, 'failed', status)
    note(reply, null, 'failed')
  })

  app.get<{ Params: { token: string } }>('/enroll/:token', async ({ params }, reply) =>
    page(reply, await lookAtInvitation(params.token, services)),
  )

  app.post<{ Params: { token: string } }>('/enroll/:token', { bodyLimit: MAX_BODY }, async ({ params }, reply) => {
    const accepted = await acceptInvitation(params.token, services)
    if (accepted.kind === 'refused') {
      page(reply, accepted.reason)
      note(reply, accepted.invitation, accepted.reason)
      return reply
    }
    note(reply, accepted.invitation, 'accepted')
    return reply
      .headers({ ...discreet, 'content-disposition': 'attachment; filename="enroll.mobileconfig"' })
      .type(PROFILE)
      .send(Buffer.from(accepted.profile))
  })
}
