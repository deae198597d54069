import { refusal } from '../../problem.ts'
import { ACTIVATION_TYPE } from '../declaration.ts'
import type { Rule } from '../rule.ts'

/**
 * An activation of nothing is a mistake, also where a schema that only asks for an array would let it pass.
 *
 * @see apple:declarative/declarations/activations/simple.yaml (StandardConfigurations is required)
 */
export const activationListsConfigurations: Rule = ({ draft }) => {
  if (draft.type !== ACTIVATION_TYPE) return []
  const listed = draft.payload.StandardConfigurations
  if (Array.isArray(listed) && listed.length > 0 && listed.every((item) => typeof item === 'string')) return []
  return [
    refusal(
      'payload-malformed',
      `Cannot activate anything with ${draft.identifier}: StandardConfigurations lists none`,
      {
        at: '/Payload/StandardConfigurations',
        found: listed ?? 'nothing',
        expected: 'an array of one or more configuration Identifiers',
      },
    ),
  ]
}
