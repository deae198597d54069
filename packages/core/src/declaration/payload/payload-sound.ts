import type { Problem } from '../../problem.ts'
import type { Rule } from '../rule.ts'
import { payloadFormat } from '../rules/payload-format.ts'
import { payloadKeyCase } from '../rules/payload-key-case.ts'
import { payloadKeyDeprecated } from '../rules/payload-key-deprecated.ts'
import { payloadKeyUnavailable } from '../rules/payload-key-unavailable.ts'
import { payloadKeyUnknown } from '../rules/payload-key-unknown.ts'
import { payloadPresence } from '../rules/payload-presence.ts'
import { payloadRange } from '../rules/payload-range.ts'
import { payloadType } from '../rules/payload-type.ts'
import type { PayloadRule } from './payload-place.ts'
import { walkPayload } from './walk-payload.ts'

const rules: readonly PayloadRule[] = [
  payloadType,
  payloadRange,
  payloadFormat,
  payloadKeyCase,
  payloadKeyUnknown,
  payloadPresence,
  payloadKeyUnavailable,
  payloadKeyDeprecated,
]

/** Every check of a payload against Apple's schema, in one walk. */
export const payloadSound: Rule = (proposal) => {
  const problems: Problem[] = []
  walkPayload(proposal.draft, (place) => {
    for (const rule of rules) problems.push(...rule(place, proposal))
  })
  return problems
}
