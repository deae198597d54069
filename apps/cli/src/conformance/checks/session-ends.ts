import type { Check } from '../check.ts'
import { endsSession, type Session } from '../session.ts'

/** A session that never ends keeps a device busy, and its battery. */
export const sessionEnds: Check<Session> = {
  code: 'session-ends',
  group: 'session',
  severity: 'error',
  must: 'when nothing is left to do, a turn is answered 200 with zero octets',
  source: 'apple documentation: sending-mdm-commands-to-a-device',
  ask: async (exam) => exam.session(),
  judge: ({ end }) =>
    end.came?.status !== 200 || endsSession(end)
      ? []
      : [{ found: 'the session did not end when all was answered', exchange: end }],
}
