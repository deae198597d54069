import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Changed } from '../exam.ts'
import { manifestIn, samePairs } from '../listed.ts'

/** The token is all that a device goes by: if it stays, nothing is collected. */
export const changeToken: Check<Changed> = {
  code: 'change-token',
  group: 'change',
  severity: 'error',
  must: 'DeclarationsToken changes when the pairs of the manifest do, and only then',
  source: 'apple documentation: integrating-declarative-management',
  ask: async (exam) => exam.changed(),
  judge: ({ before, after }) => {
    const now = manifestIn(after)
    if (now === undefined) return answered(after)
    const isSame = samePairs(before, now)
    if (isSame === (before.token === now.token)) return []
    const found = isSame
      ? 'the token is another, and the manifest lists what it did'
      : 'the manifest lists other pairs, and the token is the same'
    return [{ found, exchange: after }]
  },
}
