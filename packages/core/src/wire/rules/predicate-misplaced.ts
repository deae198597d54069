import { entries } from '../entries.ts'
import { child } from '../pointer.ts'
import type { JsonRule } from '../wire-rule.ts'

/**
 * `Predicate` beside `Payload`, as in the WWDC22 listing, is ignored by devices, and the activation is unconditional.
 * @see apple:declarative/declarations/activations/simple.yaml
 */
export const predicateMisplaced: JsonRule = {
  code: 'predicate-misplaced',
  severity: 'error',
  finds: '`Predicate` beside `Payload`, where a device ignores it and always activates',
  kinds: ['declaration', 'draft', 'drafts'],
  check: (message) =>
    entries(message)
      .filter(({ entry }) => Object.hasOwn(entry, 'Predicate'))
      .map(({ at, entry }) => ({
        at: child(at, 'Predicate'),
        atKey: true,
        message: 'Cannot use Predicate here: a device would ignore it and always activate',
        found: entry.Predicate,
        expected: `${at}/Payload/Predicate`,
        remedy: 'move Predicate into Payload',
      })),
}
