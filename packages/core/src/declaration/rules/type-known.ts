import { declarationTypes, kindOf, nearest } from '@edict/catalogue'
import { refusal } from '../../problem.ts'
import type { Rule } from '../rule.ts'

/**
 * The third segment of a Type says its kind; without a known kind no device could be asked to fetch it.
 *
 * @see apple:declarative/declarations/declarationbase.yaml
 */
export const typeKnown: Rule = ({ draft }) => {
  if (kindOf(draft.type) !== undefined) return []
  const near = nearest(draft.type, declarationTypes.keys())
  return [
    refusal('type-unknown', `Cannot tell the kind of ${draft.identifier}: its Type is ${draft.type}`, {
      at: '/Type',
      found: draft.type,
      expected: 'com.apple.<activation|asset|configuration|management>.…',
      ...(near === undefined ? {} : { remedy: `perhaps ${near} was meant` }),
    }),
  ]
}
