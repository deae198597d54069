import type { ComparisonOperator } from '../ast/nodes.ts'
import { beginsWith, endsWith } from './affix.ts'
import { between } from './between.ts'
import { differs, equals } from './equality.ts'
import { like } from './like.ts'
import { matches } from './matches.ts'
import { contains, isIn } from './membership.ts'
import type { OperatorMaker } from './operator.ts'
import { greater, greaterOrEqual, less, lessOrEqual } from './ordering.ts'
import { typeConforms, typeEquals } from './uniform-type.ts'

export const operators: Readonly<Record<ComparisonOperator, OperatorMaker>> = {
  '==': equals,
  '!=': differs,
  '<': less,
  '>': greater,
  '<=': lessOrEqual,
  '>=': greaterOrEqual,
  BETWEEN: between,
  CONTAINS: contains,
  IN: isIn,
  BEGINSWITH: beginsWith,
  ENDSWITH: endsWith,
  LIKE: like,
  MATCHES: matches,
  'UTI-CONFORMS-TO': typeConforms,
  'UTI-EQUALS': typeEquals,
}
