import { keyAvailability } from '../../declaration/payload/key-availability.ts'
import type { PayloadRule } from '../../declaration/payload/payload-place.ts'
import { unavailable } from '../../eligibility/available.ts'
import { targetName } from '../../eligibility/target-name.ts'
import { warning } from '../../problem.ts'

/**
 * A word, such as a query of DeviceInformation, that the target does not have. A device leaves it out of its answer.
 *
 * @see apple:mdm/commands/information.device.yaml
 */
export const choiceAvailable: PayloadRule = ({ value, facts, at, availability }, { targets = [] }) => {
  const choices = facts.choices ?? {}
  const choice = typeof value === 'string' && Object.hasOwn(choices, value) ? choices[value] : undefined
  if (choice?.availability === undefined || typeof value !== 'string') return []
  const here = keyAvailability(availability, choice.availability)
  return targets.flatMap((target) => {
    const reason = unavailable(value, here, target)
    if (reason === undefined) return []
    return [
      warning('payload-key-unavailable', `Cannot ask ${targetName(target)} for ${value}: ${reason}`, {
        at,
        found: value,
        expected: 'what this channel has',
        remedy: `take ${value} out`,
      }),
    ]
  })
}
