import type { Check } from '../check.ts'
import type { Session } from '../session.ts'

/** Each enrollment turns declarative management on anew; a device that is never asked never synchronizes. */
export const offerComes: Check<Session> = {
  code: 'offer-comes',
  group: 'session',
  severity: 'error',
  must: 'a device that enrolled is offered DeclarativeManagement',
  source: 'apple documentation: integrating-declarative-management',
  ask: async (exam) => exam.session(),
  judge: ({ offer, turns, end }) => {
    if (offer !== null || !turns.every((turn) => turn.came?.status === 200)) return []
    return [{ found: `no DeclarativeManagement command in ${turns.length} turns`, exchange: end }]
  },
}
