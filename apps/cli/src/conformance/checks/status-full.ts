import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { FULL_REPORT } from '../reports.ts'

/** Once a day a device says everything. */
export const statusFull: Check<Exchange> = {
  code: 'status-full',
  group: 'status',
  severity: 'error',
  must: 'a full report is taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => exam.report(FULL_REPORT),
  judge: taken,
}
