import { codeOf, type Diagnosis, type Observation } from '@edict/core'
import { diagnoseChannel } from '../operations/diagnose-channel.ts'
import { diagnoseFleet } from '../operations/diagnose-fleet.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { moment, momentOrNull } from './moment.ts'
import type { Handlers } from './request.ts'

export const diagnosisHandlers: Handlers<'get-diagnosis' | 'get-fleet-diagnosis'> = {
  'get-diagnosis': async ({ params: { id } }, services) => {
    const channel = await mustBeKnown(services.store.read, id)
    await services.tracer.flush()
    const diagnosis = await diagnoseChannel(channel, services)
    const counts = (await services.store.read.diagnosis(id))?.counts
    const since = counts?.code === codeOf(diagnosis) ? counts.since : null
    return { enrollment: id, since: momentOrNull(since), ...diagnosisResource(diagnosis) }
  },
  'get-fleet-diagnosis': async (_, services) => {
    await services.tracer.flush()
    const { groups, asOf, ...counts } = await diagnoseFleet(services)
    return {
      ...counts,
      asOf: moment(asOf),
      groups: groups.map(({ since, ...group }) => ({
        ...group,
        since: momentOrNull(since),
        examples: [...group.examples],
      })),
    }
  },
}

function diagnosisResource({ stage, healthy, causes, findings }: Diagnosis) {
  return {
    stage,
    healthy,
    causes: causes.map(({ number: _number, harmless = false, decides, evidence, against = [], ...cause }) => ({
      ...cause,
      harmless,
      decides: decides ?? null,
      evidence: evidence.map(observed),
      against: against.map(observed),
    })),
    findings: [...findings],
  }
}

function observed({ at, ...observation }: Observation) {
  return { ...observation, ...(at === undefined ? {} : { at: moment(at) }) }
}
