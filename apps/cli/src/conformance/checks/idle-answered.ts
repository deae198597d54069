import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { commandIn, endsSession } from '../session.ts'

/** An empty property list is not the end of a session; zero octets are. */
export const idleAnswered: Check<Exchange> = {
  code: 'idle-answered',
  group: 'session',
  severity: 'error',
  must: 'Idle is answered 200, with a command or with zero octets',
  source: 'apple documentation: sending-mdm-commands-to-a-device',
  ask: async (exam) => (await exam.session()).turns[0] as Exchange,
  judge: (idle) => {
    if (idle.came?.status !== 200 || endsSession(idle) || commandIn(idle) !== undefined) return answered(idle)
    return [{ found: 'Idle was answered 200 with something that is no command', exchange: idle }]
  },
}
