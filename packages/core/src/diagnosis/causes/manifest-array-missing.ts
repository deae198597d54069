import type { Cause } from '../cause.ts'
import { suspectFlaws } from '../look.ts'

/** All four arrays are required; an empty one is fine. */
export const manifestArrayMissing: Cause = {
  code: 'manifest-array-missing',
  number: 7,
  basis: 'documented',
  summary: 'One of the four arrays of the manifest is missing, or null',
  remedy: 'always send Activations, Assets, Configurations and Management; an empty array says that there is none',
  suspect: (history, stage) =>
    suspectFlaws(
      history,
      stage,
      ({ code, at }, one) =>
        one.kind === 'declaration-items' &&
        (code === 'key-missing' || code === 'key-type') &&
        /^\/Declarations(\/[A-Z][a-z]+)?$/.test(at),
    ),
}
