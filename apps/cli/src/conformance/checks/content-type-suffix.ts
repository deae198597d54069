import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** Devices send connect messages with one and check-ins without: what is compared is the beginning. */
export const contentTypeSuffix: Check<readonly Exchange[]> = {
  code: 'content-type-suffix',
  group: 'refusals',
  severity: 'error',
  must: 'a content type is taken with and without a charset',
  source: 'apple documentation: sending-mdm-commands-to-a-device',
  ask: async (exam) => {
    await exam.session()
    const tokens = { MessageType: 'DeclarativeManagement', Endpoint: 'tokens' }
    return [
      await exam.checkIn('tokens with a charset', tokens, 'application/x-apple-aspen-mdm-checkin; charset=UTF-8'),
      await exam.connect('Idle without a charset', { Status: 'Idle' }, 'application/x-apple-aspen-mdm'),
    ]
  },
  judge: (asked) => asked.flatMap(answered),
}
