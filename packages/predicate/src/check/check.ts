import type { PredicateNode } from '../ast/nodes.ts'
import type { PredicateProblem, StatusItemTable } from './problem.ts'
import type { Rule } from './rule.ts'
import { argumentCount } from './rules/argument-count.ts'
import { bareKey } from './rules/bare-key.ts'
import { bareStatusPath } from './rules/bare-status-path.ts'
import { castType } from './rules/cast-type.ts'
import { countOfNothing } from './rules/count-of-nothing.ts'
import { functionRefused } from './rules/function-refused.ts'
import { impureFunction } from './rules/impure-function.ts'
import { mixedAndOr } from './rules/mixed-and-or.ts'
import { operandType } from './rules/operand-type.ts'
import { patternWithoutEffect } from './rules/pattern-without-effect.ts'
import { regularExpression } from './rules/regular-expression.ts'
import { termSpelling } from './rules/term-spelling.ts'
import { unboundVariable } from './rules/unbound-variable.ts'
import { undocumented } from './rules/undocumented.ts'
import { unknownStatusItem } from './rules/unknown-status-item.ts'
import { versionAsText } from './rules/version-as-text.ts'

const rules: readonly Rule[] = [
  // Errors
  unknownStatusItem,
  mixedAndOr,
  unboundVariable,
  functionRefused,
  argumentCount,
  operandType,
  regularExpression,
  castType,
  // An error or a warning, by what is found
  bareStatusPath,
  // Warnings
  bareKey,
  versionAsText,
  countOfNothing,
  termSpelling,
  patternWithoutEffect,
  undocumented,
  impureFunction,
]

/**
 * All problems of a predicate that parses, in the order of their places. Which status items exist is the caller's to
 * say.
 */
export function check(node: PredicateNode, items: StatusItemTable): readonly PredicateProblem[] {
  return rules.flatMap((rule) => rule(node, items)).toSorted((a, b) => a.at.offset - b.at.offset)
}
