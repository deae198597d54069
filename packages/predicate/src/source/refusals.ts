import type { ParseCode } from '../check/predicate-codes.ts'
import { PredicateError, type PredicateEvidence } from '../predicate-error.ts'
import { places } from './place.ts'

/** Makes the errors of one source, which know where they are. */
export type Refuse = (code: ParseCode, problem: string, offset: number, evidence?: PredicateEvidence) => PredicateError

export function refusals(source: string): Refuse {
  const place = places(source)
  return (code, problem, offset, evidence = {}) => new PredicateError('parse', code, problem, place(offset), evidence)
}
