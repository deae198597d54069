import { refused } from '../answered.ts'
import type { Check, Flaw } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { NotAskable } from '../not-askable.ts'

/** Whoever may speak for any device may read what all of them hold. */
export const identityMismatch: Check<readonly Exchange[]> = {
  code: 'identity-mismatch',
  group: 'refusals',
  severity: 'error',
  must: 'a message in the name of another device is refused, with something else than 401',
  source: 'field: identities are bound to devices at Authenticate',
  ask: async (exam) => {
    if (!exam.who.proven)
      throw new NotAskable('this device proves nothing: examine with an enrollment profile, --profile FILE')
    await exam.session()
    const keys = Object.fromEntries(Object.keys(exam.who.keys).map((key) => [key, 'CONFORMANCE-OTHER']))
    return [
      await exam.checkIn('tokens of another device', {
        MessageType: 'DeclarativeManagement',
        ...keys,
        Endpoint: 'tokens',
      }),
      await exam.connect('Idle of another device', { ...keys, Status: 'Idle' }),
    ]
  },
  judge: (asked) => asked.flatMap(believed),
}

/** Who fails does not believe it either, but a device would say the same again. */
function believed(exchange: Exchange): readonly Flaw[] {
  const isFailure = (exchange.came?.status ?? 0) >= 500
  return refused(exchange).map((flaw) => (isFailure ? { ...flaw, severity: 'warning' } : flaw))
}
