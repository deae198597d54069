import { answered } from '../answered.ts'
import { binaryPlist } from '../binary-plist.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** No device was seen to send one; a library that reads property lists reads both. */
export const plistBinary: Check<Exchange> = {
  code: 'plist-binary',
  group: 'refusals',
  severity: 'warning',
  must: 'a binary property list is taken',
  source: 'field: property lists have two forms',
  ask: async (exam) => {
    await exam.tokens()
    const message = { MessageType: 'DeclarativeManagement', ...exam.who.keys, Endpoint: 'tokens' }
    return exam.checkIn('tokens, as a binary property list', binaryPlist(message))
  },
  judge: answered,
}
