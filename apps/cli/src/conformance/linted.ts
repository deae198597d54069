import { type Hint, lintMessage, type WireCode } from '@edict/core'
import type { Flaw } from './check.ts'
import type { Exchange } from './exchange.ts'

/** What the check of messages finds in an answer: what is among these codes. */
export function linted(exchange: Exchange, hint: Hint, codes: readonly WireCode[]): readonly Flaw[] {
  return flawsIn(exchange, hint, (code) => codes.includes(code))
}

/** The same for all codes but these, which other checks are for. */
export function lintedBut(exchange: Exchange, hint: Hint, codes: readonly WireCode[]): readonly Flaw[] {
  return flawsIn(exchange, hint, (code) => !codes.includes(code))
}

function flawsIn(exchange: Exchange, hint: Hint, counts: (code: WireCode) => boolean): readonly Flaw[] {
  if (exchange.came === null) return []
  return lintMessage(exchange.came.body, hint)
    .problems.filter(({ code }) => counts(code))
    .map(({ message, at, severity, remedy }) => ({
      found: `${message}${at === '' ? '' : ` (at ${at})`}${remedy === undefined ? '' : `: ${remedy}`}`,
      exchange,
      ...(severity === 'error' ? {} : { severity: 'warning' as const }),
    }))
}
