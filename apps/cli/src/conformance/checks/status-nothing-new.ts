import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { reportOf } from '../reports.ts'

/** Nothing in it breaks a rule. */
export const statusNothingNew: Check<Exchange> = {
  code: 'status-nothing-new',
  group: 'status',
  severity: 'error',
  must: 'a report without items is taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => exam.report(reportOf({})),
  judge: taken,
}
