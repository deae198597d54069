import { refusal } from '../../problem.ts'
import type { Rule } from '../rule.ts'

/**
 * `Predicate` beside `Payload`, as in the WWDC22 listing, would be ignored by a device and the activation be unconditional.
 *
 * @see apple:declarative/declarations/activations/simple.yaml
 */
export const predicateInPayload: Rule = ({ draft }) =>
  'Predicate' in draft.extra
    ? [
        refusal('predicate-misplaced', 'Cannot use Predicate here: a device would ignore it and always activate', {
          at: '/Predicate',
          found: draft.extra.Predicate,
          expected: '/Payload/Predicate',
          remedy: 'move Predicate into Payload',
        }),
      ]
    : []
