import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { manifestIn, samePairs } from '../listed.ts'

/** A ServerToken made of the time makes devices fetch everything again and again. */
export const manifestStable: Check<readonly [Exchange, Exchange]> = {
  code: 'manifest-stable',
  group: 'manifest',
  severity: 'error',
  must: 'the manifest is the same while nothing changes',
  source: 'apple documentation: integrating-declarative-management',
  ask: async (exam) => {
    await exam.manifest()
    return [await exam.items(), await exam.declarative('declaration-items')]
  },
  judge: ([one, other]) => {
    const [first, second] = [manifestIn(one), manifestIn(other)]
    if (first === undefined || second === undefined) return answered(other)
    if (samePairs(first, second) && first.token === second.token) return []
    return [{ found: 'it lists other pairs, or has another token, than a moment before', exchange: other }]
  },
}
