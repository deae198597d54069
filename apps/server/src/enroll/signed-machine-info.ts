import { verifyMachineInfo } from '@edict/pki'
import { decodeMachineInfo, type MachineInfo } from '@edict/protocol'
import type { Services } from '../services.ts'

/**
 * What a device says of itself when it asks for a profile, signed by the key that Apple gave it. That proves that some device of
 * Apple's once signed it; a recording proves as much.
 *
 * @param body CMS signed data in DER or BER, its content inside
 * @throws PkiError and ProtocolError of `verifyMachineInfo` and `decodeMachineInfo`
 */
export function signedMachineInfo(body: Uint8Array, { trust, now }: Pick<Services, 'trust' | 'now'>): MachineInfo {
  const { content } = verifyMachineInfo(body, { authorities: trust.deviceAuthorities, now: now() })
  return decodeMachineInfo(content)
}
