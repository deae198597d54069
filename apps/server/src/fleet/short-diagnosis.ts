import { HEALTHY, type ShortDiagnosis, UNEXPLAINED } from '@edict/core'
import type { SeenChannel } from '@edict/store'
import { foundAt } from '../operations/diagnose-fleet.ts'
import type { Services } from '../services.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'now'>

/** The best explanation of a channel, how far it came, and since when as far as that is known. */
export async function shortDiagnosis(channel: SeenChannel, services: Uses): Promise<ShortDiagnosis> {
  const found = await foundAt(channel.diagnosis, services, channel)
  if (found === null) return { stage: 'in-force', code: HEALTHY, since: null }
  const { stage, code, since } = found
  return { stage, code: code === UNEXPLAINED ? null : code, since }
}
