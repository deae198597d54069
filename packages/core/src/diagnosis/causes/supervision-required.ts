import { declarationTypes } from '@edict/catalogue'
import type { Cause } from '../cause.ts'
import { suspectReasons } from '../look.ts'
import { typeOf } from '../types.ts'

/** Whether iPhones and iPads have a type only where they are supervised. Macs that are enrolled all count as supervised. */
export function needsSupervision(type: string | undefined): boolean {
  const facts = type === undefined ? undefined : declarationTypes.get(type)
  const { enrollments } = facts?.availability.iOS ?? {}
  return enrollments?.includes('supervised') === true && !enrollments.includes('device')
}

/** What is for supervised devices is refused by others. */
export const supervisionRequired: Cause = {
  code: 'supervision-required',
  number: 20,
  basis: 'documented',
  summary: 'A declaration is for supervised devices, and the device refuses it',
  remedy: 'supervise the device (automated enrollment, or Apple Configurator), or leave the declaration out for it',
  suspect: (history) =>
    suspectReasons(history, ['Error.ConfigurationNotSupported'], (identifier) =>
      needsSupervision(typeOf(history, identifier)),
    ),
}
