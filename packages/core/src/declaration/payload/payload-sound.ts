import type { Problem } from '../../problem.ts'
import { propertyOf } from '../../variable/known-variables.ts'
import { isTemplateText, onlyVariable } from '../../variable/variable.ts'
import type { Rule } from '../rule.ts'
import { payloadFormat } from '../rules/payload-format.ts'
import { payloadKeyCase } from '../rules/payload-key-case.ts'
import { payloadKeyDeprecated } from '../rules/payload-key-deprecated.ts'
import { payloadKeyUnavailable } from '../rules/payload-key-unavailable.ts'
import { payloadKeyUnknown } from '../rules/payload-key-unknown.ts'
import { payloadPresence } from '../rules/payload-presence.ts'
import { payloadRange } from '../rules/payload-range.ts'
import { payloadType } from '../rules/payload-type.ts'
import type { PayloadPlace, PayloadRule } from './payload-place.ts'
import { walkPayload } from './walk-payload.ts'

/** What is looked at of a value itself: of text with variables once it is made. */
const ofValues: readonly PayloadRule[] = [payloadType, payloadRange, payloadFormat]

const ofKeys: readonly PayloadRule[] = [
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
    const rules = isMadeLater(place) ? ofKeys : [...ofValues, ...ofKeys]
    for (const rule of rules) problems.push(...rule(place, proposal))
  })
  return problems
}

/** Text with variables that may become what the schema wants: text, or by a property alone a value of any type. */
function isMadeLater({ value, facts, notation }: PayloadPlace): boolean {
  if (typeof value !== 'string' || !isTemplateText(value)) return false
  const only = onlyVariable(value)
  return notation.hasType(value, facts.type) || (only !== undefined && propertyOf(only.name) !== undefined)
}
