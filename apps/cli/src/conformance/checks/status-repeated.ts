import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { FIRST_REPORT } from '../reports.ts'

/** A device that did not hear the answer sends it again. */
export const statusRepeated: Check<Exchange> = {
  code: 'status-repeated',
  group: 'status',
  severity: 'error',
  must: 'the same report again is taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => {
    await exam.firstReport()
    return exam.report(FIRST_REPORT)
  },
  judge: taken,
}
