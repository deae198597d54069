import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

/** One of two shadows the other. */
export const identifierTwice: Cause = {
  code: 'identifier-twice',
  number: 24,
  basis: 'documented',
  summary: 'One Identifier stands twice in the manifest',
  remedy: 'give every declaration an Identifier of its own, across all four kinds',
  suspect(history, stage) {
    const found = suspectFlaws(history, stage, hasCode('identifier-duplicate'))
    return found && { ...found, weight: 'proven' }
  },
}
