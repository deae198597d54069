import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

/** Asked for as one kind, it came with a Type of another. */
export const declarationKindDiffers: Cause = {
  code: 'declaration-kind-differs',
  number: 11,
  basis: 'field',
  summary: 'A declaration stands in the array of one kind, and its Type is of another',
  remedy: 'derive the array from the Type: com.apple.configuration.… belongs into Configurations',
  suspect: (history, stage) => suspectFlaws(history, stage, hasCode('kind-differs')),
}
