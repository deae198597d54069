import { randomBytes } from 'node:crypto'
import type { Invitation } from '@edict/store'
import { AdminError } from '../admin/problem.ts'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'
import type { Write } from './commit.ts'
import { mustBeKnown } from './must-be-enrolled.ts'

type Uses = Pick<Services, 'store' | 'reach' | 'now' | 'newId'>

/** How long invitations are listed after they are over, in milliseconds. */
const KEPT = 90 * 86_400_000

export interface InvitationWish {
  readonly note: string
  /** An enrollment that is to enroll again; null when it is for new devices. */
  readonly enrollment: string | null
  readonly devices: number
  /** Milliseconds. */
  readonly lifetime: number
}

/**
 * Makes an invitation. Its link has a token of 160 random bits, told this once; its hash is what is stored. A device that was
 * erased has lost its certificate and is pinned to it: only an invitation for it lets it in again.
 *
 * @throws AdminError `public-url-missing`, `enrollment-missing`
 */
export async function createInvitation(
  { note, enrollment, devices, lifetime }: InvitationWish,
  { actor, action, detail }: Write,
  { store, reach, now, newId }: Uses,
): Promise<{ readonly invitation: Invitation; readonly link: string }> {
  const url = reach.url()
  if (url === null) {
    throw new AdminError('public-url-missing', 'Cannot invite: where devices find this server is not known', {
      expected: 'a public address',
      remedy: 'start the server with --url https://… as devices are to reach it',
    })
  }
  const token = randomBytes(20).toString('base64url')
  const madeAt = now()
  const made: Omit<Invitation, 'meant'> = {
    id: newId(),
    tokenHash: hashToken(token),
    mode: 'profile',
    note,
    devices,
    used: 0,
    madeAt,
    expiresAt: madeAt + lifetime,
    usedAt: null,
    revokedAt: null,
  }
  const invitation = await store.transaction(async (tx) => {
    const meant = enrollment === null ? null : (await mustBeKnown(tx, enrollment)).enrollment.device
    await tx.forgetInvitations(madeAt - KEPT)
    await tx.addInvitation({ ...made, meant })
    await tx.addAudit({ at: madeAt, actor, action, target: `invitations/${made.id}`, revision: 0, detail })
    return { ...made, meant }
  })
  return { invitation, link: `${url}/enroll/${token}` }
}
