import { HEALTHY, type ShortDiagnosis, UNEXPLAINED } from '@edict/core'
import type { SeenChannel } from '@edict/store'
import { foundAt } from '../operations/diagnose-fleet.ts'
import type { Services } from '../services.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'now'>

const GONE: ShortDiagnosis = { stage: 'in-force', code: HEALTHY, since: null }

/** The best explanation of a channel, how far it came, and since when as far as that is known. Nothing stands against one that left. */
export async function shortDiagnosis(channel: SeenChannel, services: Uses): Promise<ShortDiagnosis> {
  const { enrollment, diagnosis } = channel
  const found = enrollment.state === 'left' ? null : await foundAt(diagnosis, services, channel)
  if (found === null) return GONE
  const { stage, code, since } = found
  return { stage, code: code === UNEXPLAINED ? null : code, since }
}
