import { kindOf } from '@edict/catalogue'
import { type Cause, seen } from '../cause.ts'
import { suspectReasons } from '../look.ts'
import { typeOf } from '../types.ts'
import { needsSupervision } from './supervision-required.ts'

/** The device has no such declaration: its platform, version, enrollment or channel is another. */
export const declarationNotSupported: Cause = {
  code: 'declaration-not-supported',
  number: 19,
  basis: 'documented',
  summary: 'The device does not know a declaration, or cannot have it',
  remedy: 'give each channel only what its management.client-capabilities lists',
  suspect(history) {
    const reported = suspectReasons(
      history,
      ['Error.UnknownDeclarationType', 'Error.ConfigurationNotSupported'],
      (identifier) => !needsSupervision(typeOf(history, identifier)),
    )
    if (reported !== null) return reported
    const supported = history.reports.findLast((report) => report.supported !== null)?.supported
    if (supported == null) return null
    const foreign = history.said.flatMap((one) =>
      one.kind === 'declaration' &&
      one.body?.type !== undefined &&
      kindOf(one.body.type) !== undefined &&
      !supported.includes(one.body.type)
        ? [seen(one, `${one.body.type} is not among the types that the device lists`)]
        : [],
    )
    return foreign.length === 0 ? null : { weight: 'likely', evidence: foreign }
  },
}
