import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

/** Beside the Payload a Predicate is not read. */
export const predicateMisplaced: Cause = {
  code: 'predicate-misplaced',
  number: 31,
  basis: 'documented',
  summary: 'A Predicate stands beside the Payload of its activation, where devices do not read it: it is always active',
  remedy: 'put it into the Payload',
  suspect(history, stage) {
    const found = suspectFlaws(history, stage, hasCode('predicate-misplaced'))
    return found && { ...found, weight: 'proven' }
  },
}
