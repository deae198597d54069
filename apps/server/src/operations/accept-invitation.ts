import type { InvitationRefusal } from '../enroll/invitation-page.ts'
import { invitationState } from '../enroll/invitation-state.ts'
import { signedProfile } from '../enroll/signed-profile.ts'
import { hashToken } from '../hash-token.ts'
import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId'>

export type Accepted =
  | { readonly kind: 'profile'; readonly invitation: string; readonly profile: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: InvitationRefusal; readonly invitation: string | null }

/** What an invitation says to who looks at it: null when it can be accepted. */
export async function lookAtInvitation(token: string, { store, now }: Uses): Promise<InvitationRefusal | null> {
  const invitation = await store.read.invitation({ tokenHash: hashToken(token) })
  if (invitation === undefined) return 'unknown'
  const state = invitationState(invitation, now())
  return state === 'open' ? null : state
}

/** Takes a place of an invitation and gives the profile for one device, with a challenge that was made for it. */
export async function acceptInvitation(token: string, services: Uses): Promise<Accepted> {
  const { store, reach, now } = services
  if (reach.url() === null) return { kind: 'refused', reason: 'unreachable', invitation: null }
  const tokenHash = hashToken(token)
  const taken = await store.transaction(async (tx) => {
    const at = now()
    const free = await tx.takeInvitation(tokenHash, at)
    const invitation = await tx.invitation({ tokenHash })
    if (invitation === undefined) return { reason: 'unknown', invitation: null } as const
    if (free)
      return {
        challenge: (await newChallenge(tx, { meant: invitation.meant, now: at })).secret,
        meant: invitation.meant,
        invitation: invitation.id,
      }
    const state = invitationState(invitation, at)
    return { reason: state === 'open' ? 'used' : state, invitation: invitation.id } as const
  })
  if (taken.challenge === undefined) return { kind: 'refused', reason: taken.reason, invitation: taken.invitation }
  const profile = await signedProfile(taken.challenge, taken.meant, services)
  if (profile === null) return { kind: 'refused', reason: 'unreachable', invitation: taken.invitation }
  return { kind: 'profile', invitation: taken.invitation, profile }
}
