import type { Check } from '../check.ts'
import { type OfferedSession, sessionWithOffer } from '../offered.ts'

/** A device does not remember what it was not ready for: the server has to. */
export const notNowAgain: Check<OfferedSession> = {
  code: 'not-now-again',
  group: 'session',
  severity: 'error',
  must: 'a command that was answered NotNow is given again after a later Idle',
  source: 'apple documentation: handling-notnow-status-responses',
  ask: async (exam) => sessionWithOffer(await exam.session()),
  judge: ({ offer, turns }) => {
    if (offer.again !== null) return []
    const exchange = turns.findLast(({ sent }) => sent.what === 'Idle') ?? offer.notNow
    return [{ found: 'the command did not come again', exchange }]
  },
}
