import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import { type OfferedSession, sessionWithOffer } from '../offered.ts'

/** A device that did not hear the answer says the same again. */
export const resultTwice: Check<OfferedSession> = {
  code: 'result-twice',
  group: 'session',
  severity: 'error',
  must: 'the same result a second time is answered 200',
  source: 'apple documentation: sending-mdm-commands-to-a-device',
  ask: async (exam) => sessionWithOffer(await exam.session()),
  judge: ({ offer }) => answered(offer.repeated),
}
