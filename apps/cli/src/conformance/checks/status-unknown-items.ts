import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { reportOf } from '../reports.ts'

/** A newer OS reports what no server knows yet; refused, it would send it for ever. */
export const statusUnknownItems: Check<Exchange> = {
  code: 'status-unknown-items',
  group: 'status',
  severity: 'error',
  must: 'items that the server does not know are taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) =>
    exam.report(
      reportOf({ conformance: { 'is-new': true, list: [{ identifier: '1', more: { deep: [1, 2.5, null] } }] } }),
    ),
  judge: taken,
}
