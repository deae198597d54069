import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { configurationsReport } from '../reports.ts'

/** While one version takes the place of another, devices report both. */
export const statusSameIdentifier: Check<Exchange> = {
  code: 'status-same-identifier',
  group: 'status',
  severity: 'error',
  must: 'a report that has one declaration twice, with two tokens, is taken',
  source: 'field: seen by servers during an update',
  ask: async (exam) =>
    exam.report(configurationsReport(['one', 'two'].map((token) => ({ ...STATE, 'server-token': token })))),
  judge: taken,
}

const STATE = { identifier: 'conformance.twice', active: true, valid: 'valid' }
