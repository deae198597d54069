import { declarationTypes } from '@edict/catalogue'
import { ineligible } from '../../eligibility/available.ts'
import { targetName } from '../../eligibility/target-name.ts'
import { refusal, warning } from '../../problem.ts'
import type { Rule } from '../rule.ts'

/**
 * A declaration of which some of the targets do not have the type. An error when none of them has it; a device would report
 * Error.UnknownDeclarationType or Error.ConfigurationNotSupported.
 *
 * @see apple:docs/schema.yaml (supportedOS)
 */
export const typeAvailable: Rule = ({ draft, targets = [] }) => {
  if (!declarationTypes.has(draft.type)) return []
  const without = targets.flatMap((target) => {
    const reason = ineligible(draft.type, target, target.reported ?? null)
    return reason === undefined ? [] : [{ target, reason }]
  })
  const [first] = without
  if (first === undefined) return []
  const none = without.length === targets.length
  const say = none ? refusal : warning
  return [
    say('type-unavailable', `Cannot use ${draft.identifier} on ${targetName(first.target)}: ${first.reason}`, {
      at: '/Type',
      found: draft.type,
      expected: `a type for ${without.map(({ target }) => targetName(target)).join('; ')}`,
      remedy: none ? 'give it to other targets' : 'put it into a set of its own for the targets that have it',
    }),
  ]
}
