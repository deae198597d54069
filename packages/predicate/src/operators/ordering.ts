import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { magnitude } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { type Fold, foldFor, textSteps } from './fold.ts'
import type { OperatorMaker } from './operator.ts'

/** `<`: false with nil on either side. */
export const less: OperatorMaker = ordering('<', (order) => order < 0, false)
/** `>`: false with nil on either side. */
export const greater: OperatorMaker = ordering('>', (order) => order > 0, false)
/** `<=`: two nils are equal, one is false. */
export const lessOrEqual: OperatorMaker = ordering('<=', (order) => order <= 0, true)
/** `>=`: two nils are equal, one is false. */
export const greaterOrEqual: OperatorMaker = ordering('>=', (order) => order >= 0, true)

function ordering(name: string, holds: (order: number) => boolean, nils: boolean): OperatorMaker {
  return (site, options) => {
    const fold = foldFor(options)
    return (left, right, steps) => {
      if (left === undefined || right === undefined) return nils && left === right
      return holds(compareValues(name, left, right, fold, site, steps))
    }
  }
}

/**
 * Negative, zero or positive; NaN where a number is none. Numbers with numbers (booleans among them), strings with
 * strings by code point, dates with dates; all else is an error.
 */
export function compareValues(
  who: string,
  left: Value | undefined,
  right: Value | undefined,
  fold: Fold,
  site: Site,
  steps: Steps,
): number {
  steps.spend(1, site.at)
  const number = magnitude(left)
  const other = magnitude(right)
  if (number !== undefined && other !== undefined) return compareNumbers(number, other)
  if (typeof left === 'string' && typeof right === 'string') {
    steps.spend(textSteps(left, right), site.at)
    return compareText(fold(left), fold(right))
  }
  if (left instanceof Date && right instanceof Date) return compareNumbers(left.getTime(), right.getTime())
  throw site.mismatch(who, 'two numbers, two strings or two dates', left, right)
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1
  if (left > right) return 1
  return left >= right ? 0 : Number.NaN
}

/** By code point, which differs from JavaScript's order above U+FFFF; canonically equivalent texts are the same. */
function compareText(left: string, right: string): number {
  const a = left.normalize('NFC')
  const b = right.normalize('NFC')
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  if (at === length) return a.length - b.length
  return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
}

/** Puts surrogates, which stand for the code points above U+FFFF, after every other unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
