import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { NotAskable } from '../not-askable.ts'

/** A result that is not answered 2xx is sent again and again. */
export const resultAnswered: Check<readonly Exchange[]> = {
  code: 'result-answered',
  group: 'session',
  severity: 'error',
  must: 'the result of a command is answered 200',
  source: 'apple documentation: sending-mdm-commands-to-a-device',
  ask: async (exam) => {
    const { turns } = await exam.session()
    const results = turns.filter(({ sent }) => sent.what !== 'Idle' && !sent.what.endsWith('a second time'))
    if (results.length === 0) throw new NotAskable('no command came: queue one for this device, then examine again')
    return results
  },
  judge: (results) => results.flatMap((result) => answered(result)),
}
