import { entries } from '../entries.ts'
import { octetsOf } from '../octets-of.ts'
import { ownKey } from '../own-key.ts'
import { child } from '../pointer.ts'
import type { JsonRule } from '../wire-rule.ts'

const WELL_FORMED = /^[A-Za-z0-9._-]+$/

/**
 * A device puts the Identifier raw into its Endpoint: a slash, a space, a percent sign or an accent there is what servers do not
 * find again. 64 octets are Apple's limit.
 * @see apple:declarative/declarations/declarationbase.yaml
 */
export const identifierMalformed: JsonRule = {
  code: 'identifier-malformed',
  severity: 'error',
  finds: 'an `Identifier` that is empty, longer than 64 octets, or has characters other than `A-Z a-z 0-9 . _ -`',
  kinds: ['declaration-items', 'declaration', 'draft', 'drafts'],
  check: (message) =>
    entries(message).flatMap(({ at, entry }) => {
      const identifier = ownKey(entry, 'Identifier')
      if (typeof identifier !== 'string') return []
      const complaint = complaintAbout(identifier)
      if (complaint === undefined) return []
      return [
        {
          at: child(at, 'Identifier'),
          message: `Cannot use this Identifier: ${complaint}`,
          found: identifier.slice(0, 80),
          expected: '1 to 64 of A-Z a-z 0-9 . _ -',
        },
      ]
    }),
}

function complaintAbout(identifier: string): string | undefined {
  if (identifier === '') return 'it is empty'
  if (octetsOf(identifier) > 64) return `it has ${octetsOf(identifier)} octets`
  if (identifier === '.' || identifier === '..') return 'it is a step in a path'
  if (WELL_FORMED.test(identifier)) return undefined
  const character = /[^A-Za-z0-9._-]/u.exec(identifier)?.[0] ?? ''
  return `a device asks for it as it stands, and ${JSON.stringify(character)} is read otherwise in an Endpoint`
}
