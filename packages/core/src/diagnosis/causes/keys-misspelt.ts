import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

/** Keys count in the very letters that Apple's schema has. */
export const keysMisspelt: Cause = {
  code: 'keys-misspelt',
  number: 6,
  basis: 'documented',
  summary: 'A key is in other letters than the schema has it, or the dictionary around it is missing',
  remedy: 'write the keys as the schema has them',
  suspect: (history, stage) => suspectFlaws(history, stage, hasCode('key-case', 'wrapper-missing')),
}
