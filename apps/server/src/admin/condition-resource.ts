import type { Condition } from '@edict/core'
import { momentOrNull } from './moment.ts'

/** A condition as the contract has it. */
export function conditionResource({ reason, evidence, since, ...condition }: Condition) {
  return {
    ...condition,
    reason: { ...reason },
    since: momentOrNull(since),
    evidence: structuredClone(evidence),
  }
}
