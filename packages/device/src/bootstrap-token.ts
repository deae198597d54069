import { decodeGetBootstrapTokenReply } from '@edict/protocol'
import type { CoreDevice } from './core-device.ts'
import type { ManagementTerms } from './enroll/enrollment-profile.ts'
import type { ChannelIdentity } from './identity.ts'

const capability = 'com.apple.mdm.bootstraptoken'

/**
 * Whether a device escrows its bootstrap token: a supervised Mac does, where the enrollment profile says that the server takes it.
 *
 * @see apple:mdm/checkin/setbootstraptoken.yaml
 */
export function escrowsToken(
  { traits, identity }: Pick<CoreDevice, 'traits' | 'identity'>,
  terms: ManagementTerms | undefined,
): boolean {
  const mac = traits.platform === 'macOS' && traits.enrollment === 'device' && identity.supervised
  return mac && (terms?.capabilities.includes(capability) ?? false)
}

type Mac = Pick<CoreDevice, 'wire' | 'model'>

/** Hands the token over, or has it deleted when it is null. One attempt: the next enrollment brings the next one. */
export async function setBootstrapToken(
  { wire, model }: Mac,
  { id, keys }: ChannelIdentity,
  token: Uint8Array | null,
): Promise<void> {
  const said = {
    ...(token === null ? {} : { BootstrapToken: token }),
    AwaitingConfiguration: model.awaitingConfiguration,
  }
  await wire.checkIn(id, { MessageType: 'SetBootstrapToken', ...keys, ...said })
}

/** The token that the server has; null when it has none, or gave no answer. */
export async function getBootstrapToken({ wire }: Mac, { id, keys }: ChannelIdentity): Promise<Uint8Array | null> {
  const answer = await wire.checkIn(id, { MessageType: 'GetBootstrapToken', ...keys })
  if (answer?.status !== 200 || answer.body.length === 0) return null
  const { BootstrapToken } = decodeGetBootstrapTokenReply(answer.body)
  return BootstrapToken === undefined || BootstrapToken.length === 0 ? null : BootstrapToken
}
