import type { EndpointResponse } from '@edict/api'
import type { Diagnosis, Observation, TraceEntry } from '@edict/core'
import { diagnoseChannel, withPairs } from '../operations/diagnose-channel.ts'
import { diagnoseFleet } from '../operations/diagnose-fleet.ts'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import { moment } from './moment.ts'
import type { Handlers } from './request.ts'

export const diagnosisHandlers: Handlers<'get-trace' | 'get-diagnosis' | 'get-fleet-diagnosis'> = {
  'get-trace': async ({ params: { id }, query: { before = null, after, limit = 100 } }, services) => {
    await mustBeKnown(services.store.read, id)
    await services.tracer.flush()
    const { read } = services.store
    const said = after === undefined ? await read.trace(id, before, limit) : await read.traceAfter(id, after, limit)
    return { enrollment: id, items: (await withPairs(said, services)).map(entryResource) }
  },
  'get-diagnosis': async ({ params: { id } }, services) => {
    const channel = await mustBeKnown(services.store.read, id)
    await services.tracer.flush()
    return { enrollment: id, ...diagnosisResource(await diagnoseChannel(channel, services)) }
  },
  'get-fleet-diagnosis': async (_, services) => {
    await services.tracer.flush()
    const { groups, ...counts } = await diagnoseFleet(services)
    return { ...counts, groups: groups.map((group) => ({ ...group, examples: [...group.examples] })) }
  },
}

type TraceItem = EndpointResponse<'get-trace'>['items'][number]

function entryResource({ at, ...entry }: TraceEntry): TraceItem {
  return { ...entry, at: moment(at) } as TraceItem
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
