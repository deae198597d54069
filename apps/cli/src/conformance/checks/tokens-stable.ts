import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { tokenIn } from '../listed.ts'
import { NotAskable } from '../not-askable.ts'

/** A token that is always another makes devices collect the manifest at each occasion. */
export const tokensStable: Check<readonly [Exchange, Exchange]> = {
  code: 'tokens-stable',
  group: 'tokens',
  severity: 'error',
  must: 'DeclarationsToken is the same while nothing changes',
  source: 'apple documentation: integrating-declarative-management',
  ask: async (exam) => {
    const first = await exam.tokens()
    if (tokenIn(first) === undefined) throw new NotAskable('tokens cannot be read: see tokens-answered')
    return [first, await exam.declarative('tokens')]
  },
  judge: ([first, second]) =>
    tokenIn(first) === tokenIn(second)
      ? []
      : [{ found: `${tokenIn(first)}, and then ${tokenIn(second) ?? 'nothing'}`, exchange: second }],
}
