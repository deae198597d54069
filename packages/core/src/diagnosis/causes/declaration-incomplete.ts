import type { Cause } from '../cause.ts'
import { suspectFlaws } from '../look.ts'

/** A body that does not load is not fetched again before its ServerToken changes. */
export const declarationIncomplete: Cause = {
  code: 'declaration-incomplete',
  number: 9,
  basis: 'documented',
  summary: 'A declaration lacks Type, Identifier, ServerToken or Payload, or one of them is of another type',
  remedy: 'send all four, and give the declaration a new ServerToken: devices do not ask for the same one again',
  suspect: (history, stage) =>
    suspectFlaws(
      history,
      stage,
      ({ code, at }, one) =>
        one.kind === 'declaration' &&
        (code === 'key-missing' || code === 'key-type') &&
        /^(\/(Type|Identifier|ServerToken|Payload))?$/.test(at),
    ),
}
