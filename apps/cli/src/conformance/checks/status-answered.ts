import { answeredEmpty } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** 204 was seen to crash devices; anything else makes them send the same again. */
export const statusAnswered: Check<Exchange> = {
  code: 'status-answered',
  group: 'status',
  severity: 'error',
  must: 'a status report is answered 200, with an empty body, and not 204',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => exam.firstReport(),
  judge: answeredEmpty,
}
