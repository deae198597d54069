import { entries } from '../entries.ts'
import { ownKey } from '../own-key.ts'
import { child } from '../pointer.ts'
import type { JsonRule } from '../wire-rule.ts'

/** One Identifier, one declaration, whatever its kind: of two, one hides the other. */
export const identifierDuplicate: JsonRule = {
  code: 'identifier-duplicate',
  severity: 'error',
  finds: 'an `Identifier` that stands twice in a manifest, also in arrays of different kinds',
  kinds: ['declaration-items', 'drafts'],
  check: (message) => {
    const seen = new Map<string, string>()
    return entries(message).flatMap(({ at, entry }) => {
      const identifier = ownKey(entry, 'Identifier')
      if (typeof identifier !== 'string') return []
      const first = seen.get(identifier)
      if (first === undefined) {
        seen.set(identifier, at)
        return []
      }
      return [
        {
          at: child(at, 'Identifier'),
          message: `Cannot have ${identifier} twice: one would hide the other on a device`,
          found: identifier,
          expected: 'an Identifier for each declaration',
          remedy: `the other one is at ${first}: give one of them another Identifier`,
        },
      ]
    })
  },
}
