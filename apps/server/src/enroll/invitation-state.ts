import type { Invitation } from '@edict/store'

/** What an invitation is good for at a moment. */
export function invitationState(
  { revokedAt, expiresAt, used, devices }: Invitation,
  now: number,
): 'open' | 'used' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  if (used >= devices) return 'used'
  return expiresAt > now ? 'open' : 'expired'
}
