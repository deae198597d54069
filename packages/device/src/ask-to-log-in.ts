import { decodeUserAuthenticateReply, ProtocolError } from '@edict/protocol'
import type { ChannelIdentity } from './identity.ts'
import type { Wire } from './wire.ts'

/**
 * Asks the server whether it manages a network user who logs in to a Mac. It does by an empty DigestChallenge; 410 declines the user
 * until the next login. A challenge that asks for a password is more than a simulated user can answer, and counts as declined.
 *
 * @see apple:mdm/checkin/userauthenticate.yaml
 */
export async function askToLogIn(wire: Pick<Wire, 'checkIn'>, { id, keys }: ChannelIdentity): Promise<boolean> {
  const answer = await wire.checkIn(id, { MessageType: 'UserAuthenticate', ...keys })
  if (answer?.status !== 200) return false
  try {
    const reply = decodeUserAuthenticateReply(answer.body)
    return 'DigestChallenge' in reply && reply.DigestChallenge === ''
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}
