export { barePaths, propertyNames, statusNames } from './ast/names.ts'
export type {
  Aggregate,
  And,
  Arithmetic,
  ArithmeticOperator,
  Assignment,
  BooleanLiteral,
  Call,
  Cast,
  CollectionOperator,
  CollectionStep,
  Comparison,
  ComparisonOperator,
  Constant,
  Expression,
  FunctionExpression,
  IndexStep,
  ItemStep,
  Key,
  KeyStep,
  Located,
  Negation,
  Nil,
  Not,
  NumberLiteral,
  Or,
  Path,
  PredicateNode,
  Property,
  Qualifier,
  SelectorCall,
  Self,
  SetOperation,
  SetOperator,
  Status,
  Step,
  StringLiteral,
  Subquery,
  Ternary,
  Variable,
} from './ast/nodes.ts'
export { check } from './check/check.ts'
export { checkSource } from './check/check-source.ts'
export { checkCodes, type PredicateCode, parseCodes } from './check/predicate-codes.ts'
export type { PredicateProblem } from './check/problem.ts'
export { type Relations, relations } from './check/relations.ts'
export { shapeOfValue } from './check/shapes/shape-of-value.ts'
export { type ShardedPredicate, type ShardProblem, shardProblems } from './check/shard-problems.ts'
export { type StatusItemTable, statusItemTable } from './check/status-item-table.ts'
export type { ValueShape } from './check/value-shape.ts'
export { compile } from './compile/compile.ts'
export { evaluate } from './compile/evaluate.ts'
export type { Outcome } from './compile/outcome.ts'
export { factsContext } from './context/facts-context.ts'
export type { Origin } from './context/origin.ts'
export type { PredicateContext } from './context/predicate-context.ts'
export { statusContext } from './context/status-context.ts'
export { explain } from './explain/explain.ts'
export { explainText } from './explain/explain-text.ts'
export type { Absence, Explained, ExplainedResult, Explanation, ValueSource } from './explain/explanation.ts'
export { valueText } from './explain/value-text.ts'
export { type Changed, type Difference, whatIf } from './explain/what-if.ts'
export { parse } from './parser/parse.ts'
export { PredicateError } from './predicate-error.ts'
export { print, printExpression } from './printer/print.ts'
export { formatError } from './source/format-error.ts'
export { limits } from './source/limits.ts'
export type { Place } from './source/place.ts'
export { decodeFacts } from './value/decode-facts.ts'
export { Real } from './value/real.ts'
export type { Value } from './value/value.ts'
