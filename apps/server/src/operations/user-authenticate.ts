import type { EnrollmentIdentity } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import type { Services } from '../services.ts'
import { knownChannel } from './known-channel.ts'

/**
 * A network user logs in to a Mac, which asks whether to manage the user during this session. Local users do not ask: their
 * channel begins with its TokenUpdate.
 *
 * @throws DeviceError `user-declined` where the settings say so, `message-misplaced` from what is no Mac
 * @see apple:mdm/checkin/userauthenticate.yaml
 */
export async function userAuthenticate(who: EnrollmentIdentity, { store }: Pick<Services, 'store'>): Promise<void> {
  const { enrollment } = await knownChannel(who.device, store.read)
  if (who.shape !== 'mac-user' || enrollment.facts.platform !== 'macOS' || enrollment.state !== 'enrolled') {
    throw new DeviceError('message-misplaced', `Cannot let ${who.id} log in: only users of an enrolled Mac do`, {
      found: who.id,
      expected: 'UDID and UserID of a Mac that is enrolled',
    })
  }
  const { settings } = await store.read.declared()
  if (settings.networkUsers === 'decline') {
    throw new DeviceError('user-declined', `Cannot manage ${who.id}: network users are not managed here`, {
      found: who.id,
    })
  }
}
