import type { ShortDiagnosis } from '@edict/core'
import type { SeenChannel } from '@edict/store'
import { diagnoseChannel } from '../operations/diagnose-channel.ts'
import { isWell } from '../operations/is-well.ts'
import type { Services } from '../services.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'now' | 'tracer'>

/** The best explanation of a channel, and how far it came; of one that plainly has what it should the trace is not read. */
export async function shortDiagnosis(channel: SeenChannel, services: Uses): Promise<ShortDiagnosis> {
  if (channel.enrollment.state === 'left' || isWell(channel, channel.reported?.states ?? [], services.now())) {
    return { stage: 'in-force', code: 'healthy', since: null }
  }
  const { stage, healthy, causes } = await diagnoseChannel(channel, services)
  const cause = causes.find(({ harmless }) => harmless !== true)
  return { stage, code: healthy ? 'healthy' : (cause?.code ?? null), since: null }
}
