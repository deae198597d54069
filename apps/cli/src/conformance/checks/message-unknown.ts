import { refused } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** 401 unenrolls a device. */
export const messageUnknown: Check<Exchange> = {
  code: 'message-unknown',
  group: 'refusals',
  severity: 'error',
  must: 'a MessageType that nobody knows is answered 4xx, and never 401',
  source: 'apple documentation: check-in',
  ask: async (exam) => {
    await exam.session()
    return exam.checkIn('an unknown MessageType', { MessageType: 'ConformanceUnknown' })
  },
  judge: refused,
}
