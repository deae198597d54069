import type { Cause } from '../cause.ts'
import { suspectReasons } from '../look.ts'

/** A configuration does nothing by itself. */
export const configurationWithoutActivation: Cause = {
  code: 'configuration-without-activation',
  number: 18,
  basis: 'field',
  summary: 'A configuration is named by no activation, so it has no effect',
  remedy: 'name it in StandardConfigurations of an activation',
  suspect: (history) => suspectReasons(history, ['Info.NotReferencedByActivation']),
}
