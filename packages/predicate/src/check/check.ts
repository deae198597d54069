import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateProblem } from './problem.ts'
import type { Rule } from './rule.ts'
import { always } from './rules/always.ts'
import { argumentCount } from './rules/argument-count.ts'
import { backslashLost } from './rules/backslash-lost.ts'
import { bareKey } from './rules/bare-key.ts'
import { bareStatusPath } from './rules/bare-status-path.ts'
import { castType } from './rules/cast-type.ts'
import { countOfNothing } from './rules/count-of-nothing.ts'
import { damagedText } from './rules/damaged-text.ts'
import { functionRefused } from './rules/function-refused.ts'
import { impureFunction } from './rules/impure-function.ts'
import { integerDivision } from './rules/integer-division.ts'
import { itemKeyUnknown } from './rules/item-key-unknown.ts'
import { itemUnavailableOnTarget } from './rules/item-unavailable-on-target.ts'
import { itemUnsubscribed } from './rules/item-unsubscribed.ts'
import { keyBelowItemUnknown } from './rules/key-below-item-unknown.ts'
import { matchesAsSearch } from './rules/matches-as-search.ts'
import { mixedAndOr } from './rules/mixed-and-or.ts'
import { neverEqual } from './rules/never-equal.ts'
import { nilSensitive } from './rules/nil-sensitive.ts'
import { operandType } from './rules/operand-type.ts'
import { patternWithoutEffect } from './rules/pattern-without-effect.ts'
import { propertyTypeConflict } from './rules/property-type-conflict.ts'
import { propertyUnknown } from './rules/property-unknown.ts'
import { regularExpression } from './rules/regular-expression.ts'
import { selfReference } from './rules/self-reference.ts'
import { termSpelling } from './rules/term-spelling.ts'
import { translatedWord } from './rules/translated-word.ts'
import { unboundVariable } from './rules/unbound-variable.ts'
import { undocumented } from './rules/undocumented.ts'
import { unknownStatusItem } from './rules/unknown-status-item.ts'
import { valueNotListed } from './rules/value-not-listed.ts'
import { versionAsText } from './rules/version-as-text.ts'
import type { StatusItemTable } from './status-item-table.ts'

const rules: readonly Rule[] = [
  // Errors
  unknownStatusItem,
  keyBelowItemUnknown,
  itemKeyUnknown,
  mixedAndOr,
  unboundVariable,
  functionRefused,
  argumentCount,
  operandType,
  regularExpression,
  castType,
  translatedWord,
  // An error or a warning, by what is found
  bareStatusPath,
  backslashLost,
  // Warnings
  bareKey,
  versionAsText,
  countOfNothing,
  nilSensitive,
  neverEqual,
  valueNotListed,
  always,
  itemUnavailableOnTarget,
  itemUnsubscribed,
  propertyUnknown,
  propertyTypeConflict,
  selfReference,
  integerDivision,
  matchesAsSearch,
  patternWithoutEffect,
  termSpelling,
  damagedText,
  undocumented,
  impureFunction,
]

/**
 * All problems of a predicate that parses, in the order of their places. What the world holds is the caller's to say, and
 * what it leaves out is not checked.
 */
export function check(node: PredicateNode, items: StatusItemTable): readonly PredicateProblem[] {
  return rules.flatMap((rule) => rule(node, items)).toSorted((a, b) => a.at.offset - b.at.offset)
}
