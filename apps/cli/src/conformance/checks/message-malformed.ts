import { refused } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** 5xx would say that the server is to blame, and let the same come again. */
export const messageMalformed: Check<readonly Exchange[]> = {
  code: 'message-malformed',
  group: 'refusals',
  severity: 'error',
  must: 'what is no property list is answered 4xx, and never 401',
  source: 'apple documentation: check-in',
  ask: async (exam) => {
    await exam.session()
    const what = 'a property list that breaks off'
    return [await exam.checkIn(what, BROKEN), await exam.connect(what, BROKEN)]
  },
  judge: (asked) => asked.flatMap(refused),
}

const BROKEN = new TextEncoder().encode('<plist version="1.0"><dict><key>MessageType</key><string>Tok')
