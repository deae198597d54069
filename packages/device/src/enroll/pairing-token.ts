import { decodeGetTokenReply } from '@edict/protocol'
import { DeviceError } from '../device-error.ts'
import type { ChannelIdentity } from '../identity.ts'
import type { Wire } from '../wire.ts'

/**
 * An iPhone gets the token by which its Watch enrolls.
 *
 * @throws DeviceError `pairing-refused`
 * @see apple:mdm/checkin/gettoken.yaml "Support Apple Watch pairing"
 */
export async function pairingToken(
  wire: Pick<Wire, 'checkIn'>,
  { id, keys }: ChannelIdentity,
  { SecurityToken, WatchUDID }: { readonly SecurityToken: string; readonly WatchUDID: string },
): Promise<Uint8Array> {
  const answer = await wire.checkIn(id, {
    MessageType: 'GetToken',
    ...keys,
    TokenServiceType: 'com.apple.watch.pairing',
    TokenParameters: { SecurityToken, PhoneUDID: keys.UDID ?? id, WatchUDID },
  })
  if (answer?.status === 200) return decodeGetTokenReply(answer.body).TokenData
  throw new DeviceError('pairing-refused', 'Cannot pair the Watch: the server of the iPhone gives no token', {
    at: 'GetToken',
    found: answer?.status ?? null,
    expected: '200',
  })
}
