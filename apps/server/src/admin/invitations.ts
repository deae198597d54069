import type { Invitation } from '@edict/store'
import { invitationState } from '../enroll/invitation-state.ts'
import { createInvitation } from '../operations/create-invitation.ts'
import { revokeInvitation } from '../operations/revoke-invitation.ts'
import { moment, momentOrNull } from './moment.ts'
import { decodeNumber, encodeCursor, limitOf } from './paging.ts'
import { AdminError } from './problem.ts'
import type { Handlers } from './request.ts'

/** Seconds. */
const LIFETIME = 3600

export const invitationHandlers: Handlers<'create-invitation' | 'list-invitations' | 'revoke-invitation'> = {
  'create-invitation': async ({ body, write }, services) => {
    const { note = '', enrollment = null, devices = 1, lifetime = LIFETIME } = body
    if (enrollment !== null && devices !== 1) {
      const evidence = { at: '/devices', found: devices, expected: '1' }
      throw new AdminError('request-malformed', 'Cannot invite several devices as one enrollment', evidence)
    }
    const made = await createInvitation({ note, enrollment, devices, lifetime: lifetime * 1000 }, write, services)
    return { ...resource(made.invitation, services.now()), link: made.link }
  },

  'list-invitations': async ({ query }, { store, now }) => {
    const page = await store.scan.invitations(decodeNumber(query.cursor), limitOf(query.limit))
    return {
      items: page.items.map((invitation) => resource(invitation, now())),
      next: page.next === null ? null : encodeCursor(page.next),
    }
  },

  'revoke-invitation': async ({ params, write }, services) =>
    resource(await revokeInvitation(params.id, write, services), services.now()),
}

function resource(invitation: Invitation, now: number) {
  const { id, note, meant, devices, used, madeAt, expiresAt, usedAt, revokedAt } = invitation
  return {
    id,
    note,
    enrollment: meant,
    state: invitationState(invitation, now),
    devices,
    used,
    madeAt: moment(madeAt),
    expiresAt: moment(expiresAt),
    usedAt: momentOrNull(usedAt),
    revokedAt: momentOrNull(revokedAt),
  }
}
