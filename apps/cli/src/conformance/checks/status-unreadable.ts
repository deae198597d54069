import { unbroken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** 200 keeps a device from sending it again; 4xx says what is wrong. */
export const statusUnreadable: Check<Exchange> = {
  code: 'status-unreadable',
  group: 'status',
  severity: 'error',
  must: 'a report that is no JSON does not break the server',
  source: 'apple:declarative/protocol/statusreport.yaml',
  ask: async (exam) => exam.report(new TextEncoder().encode('{"StatusItems": {')),
  judge: unbroken,
}
