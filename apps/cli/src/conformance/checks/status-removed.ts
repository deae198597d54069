import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { reportOf } from '../reports.ts'

/** Arrays are sent by what changed in them, also for what the server never heard of. */
export const statusRemoved: Check<Exchange> = {
  code: 'status-removed',
  group: 'status',
  severity: 'error',
  must: 'an item of an array that is gone is taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => exam.report(reportOf({ mdm: { app: [{ identifier: 'example.gone', _removed: true }] } })),
  judge: taken,
}
