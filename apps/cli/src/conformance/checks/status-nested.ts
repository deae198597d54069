import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { reportOf } from '../reports.ts'

/** A status item `a.b` is sent as `b` inside `a`. */
export const statusNested: Check<Exchange> = {
  code: 'status-nested',
  group: 'status',
  severity: 'error',
  must: 'values of nested names are taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => exam.report(reportOf({ passcode: { 'is-present': true, 'is-compliant': true } })),
  judge: taken,
}
