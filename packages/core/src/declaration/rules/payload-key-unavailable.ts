import { unavailable } from '../../eligibility/available.ts'
import { targetName } from '../../eligibility/target-name.ts'
import { refusal, warning } from '../../problem.ts'
import type { PayloadRule } from '../payload/payload-place.ts'

/**
 * A key that some of the targets do not have: their platform, version, supervision, enrollment or channel is not that of the
 * key, or it was removed. An error when none of the targets that have what it is in has it.
 *
 * @see apple:docs/schema.yaml (supportedOS of a key)
 */
export const payloadKeyUnavailable: PayloadRule = ({ facts, at, name, availability, around }, { targets = [] }) => {
  if (facts.availability === undefined) return []
  const outer = targets.filter((target) => unavailable(name, around, target) === undefined)
  const without = outer.flatMap((target) => {
    const reason = unavailable(name, availability, target)
    return reason === undefined ? [] : [{ target, reason }]
  })
  const [first] = without
  if (first === undefined) return []
  const none = without.length === outer.length
  const say = none ? refusal : warning
  return [
    say('payload-key-unavailable', `Cannot use ${name} on ${targetName(first.target)}: ${first.reason}`, {
      at,
      found: name,
      expected: 'a key that every target has',
      remedy: none
        ? `take ${name} out`
        : `write another declaration without ${name} for ${without.map(({ target }) => targetName(target)).join('; ')}`,
    }),
  ]
}
