import { taken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { reportOf } from '../reports.ts'

/** What a device cannot report it says here. */
export const statusErrors: Check<Exchange> = {
  code: 'status-errors',
  group: 'status',
  severity: 'error',
  must: 'Errors of a report are taken',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => {
    const Reasons = [{ Code: 'Error.UnknownStatusItem', Description: 'It is “not” known', Details: { Item: 'x' } }]
    return exam.report(reportOf({}, [{ StatusItem: 'conformance.unknown', Reasons }]))
  },
  judge: taken,
}
