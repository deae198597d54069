import type { EnrollmentIdentity, GetToken } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import { MAID } from '../get-token/maid-signer.ts'
import { PAIRING, pairingToken } from '../get-token/pairing.ts'
import type { Services } from '../services.ts'
import { knownChannel } from './known-channel.ts'

type Uses = Pick<Services, 'store' | 'maid' | 'manifests' | 'now' | 'newId'>

/**
 * Gives a channel a token that speaks for it to a service.
 *
 * @throws DeviceError `token-service-missing` for a service that is not known, or not set up; what the service throws
 * @see apple:mdm/checkin/gettoken.yaml
 */
export async function getToken(who: EnrollmentIdentity, message: GetToken, services: Uses): Promise<Uint8Array> {
  const channel = await knownChannel(who.id, services.store.read)
  const { TokenServiceType, TokenParameters = {} } = message
  if (TokenServiceType === PAIRING) return pairingToken(channel, TokenParameters, services)
  if (TokenServiceType === MAID && services.maid !== null && channel.enrollment.state === 'enrolled')
    return Buffer.from(await services.maid.sign({ now: services.now(), id: services.newId() }))
  const reason = TokenServiceType === MAID ? 'it is not set up here' : 'no such service is known'
  throw new DeviceError('token-service-missing', `Cannot give a token of ${TokenServiceType}: ${reason}`, {
    at: 'TokenServiceType',
    found: TokenServiceType,
    expected: `${MAID} or ${PAIRING}`,
  })
}
