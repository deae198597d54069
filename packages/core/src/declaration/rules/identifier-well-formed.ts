import { refusal } from '../../problem.ts'
import { RESERVED_PREFIX } from '../declaration.ts'
import type { Rule } from '../rule.ts'

const WELL_FORMED = /^[A-Za-z0-9._-]{1,64}$/

/**
 * A device puts the Identifier raw into its Endpoint, so it keeps to letters that need no escaping; 64 octets are Apple's
 * limit.
 *
 * @see apple:declarative/declarations/declarationbase.yaml
 */
export const identifierWellFormed: Rule = ({ draft }) => {
  if (!WELL_FORMED.test(draft.identifier) || draft.identifier === '.' || draft.identifier === '..') {
    const evidence = { at: '/Identifier', found: draft.identifier, expected: '1 to 64 of A-Z a-z 0-9 . _ -' }
    return [refusal('identifier-malformed', 'Cannot use this Identifier: a device could not ask for it', evidence)]
  }
  if (!draft.identifier.startsWith(RESERVED_PREFIX)) return []
  const evidence = {
    at: '/Identifier',
    found: draft.identifier,
    remedy: `choose a name that does not begin with ${RESERVED_PREFIX}`,
  }
  return [refusal('identifier-reserved', 'Cannot use this Identifier: it belongs to what Edict makes itself', evidence)]
}
