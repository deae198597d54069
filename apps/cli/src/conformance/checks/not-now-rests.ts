import type { Check } from '../check.ts'
import { type OfferedSession, sessionWithOffer } from '../offered.ts'
import { isOffer } from '../session.ts'

/** A device that is not ready would be asked again and again on one connection. */
export const notNowRests: Check<OfferedSession> = {
  code: 'not-now-rests',
  group: 'session',
  severity: 'warning',
  must: 'a command that was answered NotNow is not given again in the same session',
  source: 'apple documentation: handling-notnow-status-responses',
  ask: async (exam) => sessionWithOffer(await exam.session()),
  judge: ({ offer }) =>
    isOffer(offer.notNow)
      ? [{ found: 'NotNow was answered with the same command at once', exchange: offer.notNow }]
      : [],
}
