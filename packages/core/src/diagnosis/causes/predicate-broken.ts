import type { Cause } from '../cause.ts'
import { suspectReasons } from '../look.ts'

/** An activation whose predicate fails is inactive. */
export const predicateBroken: Cause = {
  code: 'predicate-broken',
  number: 32,
  basis: 'documented',
  summary: 'The device cannot read or evaluate the predicate of an activation, so it is inactive',
  remedy: 'check it: edict predicate check',
  suspect: (history) =>
    suspectReasons(history, [
      'Error.UnableToParsePredicate',
      'Error.UnableToParsePredicateWithCustomOperator',
      'Error.UnableToEvaluatePredicate',
      'Error.PredicateFailed',
    ]),
}
