import { mayReturnToService } from '@edict/core'
import type { EnrollmentIdentity, ReturnToServiceReply } from '@edict/protocol'
import { returnConfiguration } from '../enroll/return-to-service.ts'
import type { Services } from '../services.ts'
import { knownChannel } from './known-channel.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId' | 'escrow' | 'log' | 'settings'>

const NO: ReturnToServiceReply = { ReturnToService: { Enabled: false } }

/**
 * Whether a device that asks erases itself and comes back: by the settings, and where it may.
 *
 * @see apple:mdm/checkin/returntoservice.yaml
 */
export async function returnToService(who: EnrollmentIdentity, services: Uses): Promise<ReturnToServiceReply> {
  const { store, log } = services
  const { enrollment } = await knownChannel(who.id, store.read)
  const { settings } = await store.read.declared()
  if (settings.returnToService?.enabled !== true) return NO
  const automated = (await store.read.expectedDevice({ device: who.id })) !== undefined
  if (!mayReturnToService(enrollment, automated)) return NO
  const configuration = await returnConfiguration(who.id, services)
  if (configuration === null) return NO
  log.info({ enrollment: who.id }, 'a device returns to service')
  return { ReturnToService: configuration }
}
