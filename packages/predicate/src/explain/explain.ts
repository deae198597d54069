import { children, type Node } from '../ast/children.ts'
import { isPredicate } from '../ast/is-predicate.ts'
import { propertyNames, statusNames } from '../ast/names.ts'
import type { PredicateNode, Subquery } from '../ast/nodes.ts'
import { compile, compilers } from '../compile/compile.ts'
import { failed } from '../compile/outcome.ts'
import type { PredicateContext } from '../context/predicate-context.ts'
import { PredicateError } from '../predicate-error.ts'
import { print, printExpression } from '../printer/print.ts'
import { Frame, type Scope } from '../runtime/frame.ts'
import { Steps } from '../runtime/steps.ts'
import { isArray } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import { decidingPart } from './deciding-part.ts'
import type { Absence, Explained, ExplainedResult, Explanation, ValueSource } from './explanation.ts'
import { reason } from './reason.ts'

/** Of a SUBQUERY's collection, so many elements are explained one by one. */
const MOST_ELEMENTS = 20

/**
 * Evaluates every part of a predicate on its own, those that the evaluation skips included, and says what decided. The
 * context is asked once for each name.
 */
export function explain(predicate: PredicateNode, context: PredicateContext): Explained {
  const asked = remembering(context)
  const outcome = compile(predicate)(asked)
  const tree = explainPart(predicate, { context: asked, steps: new Steps(), scope: undefined }, false)
  return { outcome, tree, deciding: decidingPart(tree), absences: absencesOf(predicate, asked) }
}

/** An explanation under way; assignments leave their variable behind for what follows. */
interface Explaining {
  readonly context: PredicateContext
  readonly steps: Steps
  scope: Scope | undefined
}

function explainPart(node: Node, explaining: Explaining, skipped: boolean): Explanation {
  const before = explaining.scope
  const result = resultOf(node, explaining)
  const after = explaining.scope
  explaining.scope = before
  const parts =
    node.kind === 'subquery' ? subqueryParts(node, explaining, skipped) : plainParts(node, explaining, skipped)
  explaining.scope = after
  const source = sourceOf(node, explaining.context)
  const why = reason(node, result, parts)
  return {
    node,
    text: isPredicate(node) ? print(node) : printExpression(node),
    result,
    skipped,
    children: parts,
    ...(source && { source }),
    ...(why !== undefined && { why }),
  }
}

function resultOf(node: Node, explaining: Explaining): ExplainedResult {
  const frame = new Frame(explaining.context, explaining.steps)
  frame.scope = explaining.scope
  try {
    const value = isPredicate(node) ? compilers.predicate(node)(frame) : compilers.expression(node)(frame)
    explaining.scope = frame.scope
    return { kind: 'value', value }
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error
    const outcome = failed(error)
    if (outcome.kind !== 'error') throw error
    return outcome
  }
}

/** The parts of a node; once an AND or OR knows its answer, the rest is skipped. */
function plainParts(node: Node, explaining: Explaining, skipped: boolean): readonly Explanation[] {
  let settled = skipped
  return children(node).map((child) => {
    const part = explainPart(child, explaining, settled)
    const stops = part.result.kind === 'error' || part.result.value === (node.kind === 'or')
    if ((node.kind === 'and' || node.kind === 'or') && stops) settled = true
    return part
  })
}

/** The collection, then the predicate for each element. */
function subqueryParts(node: Subquery, explaining: Explaining, skipped: boolean): readonly Explanation[] {
  const collection = explainPart(node.collection, explaining, skipped)
  const { result } = collection
  const elements = result.kind === 'value' && isArray(result.value) ? result.value.slice(0, MOST_ELEMENTS) : []
  const outer = explaining.scope
  const parts = elements.map((value) => {
    explaining.scope = { name: node.variable, value, outer }
    return { ...explainPart(node.predicate, explaining, skipped), element: { variable: node.variable, value } }
  })
  explaining.scope = outer
  return [collection, ...parts]
}

function sourceOf(node: Node, context: PredicateContext): ValueSource | undefined {
  if (node.kind === 'status') return { kind: 'status', origin: context.origin?.(node.name) }
  if (node.kind === 'property') return { kind: 'property' }
  return isLiteral(node) ? { kind: 'literal' } : undefined
}

function isLiteral(node: Node): boolean {
  if (node.kind === 'aggregate') return node.elements.every(isLiteral)
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean' || node.kind === 'nil'
}

/** The predicate once more for each term that has a value, without that value. */
function absencesOf(predicate: PredicateNode, context: PredicateContext): readonly Absence[] {
  const run = compile(predicate)
  const without = (kind: 'status' | 'property', absent: string): readonly Absence[] => {
    if ((context[kind](absent) ?? undefined) === undefined) return []
    const lacking = { ...context, [kind]: (name: string) => (name === absent ? undefined : context[kind](name)) }
    return [{ term: `@${kind}(${absent})`, outcome: run(lacking) }]
  }
  return [
    ...statusNames(predicate).flatMap((name) => without('status', name)),
    ...propertyNames(predicate).flatMap((name) => without('property', name)),
  ]
}

function remembering(context: PredicateContext): PredicateContext {
  const answers = new Map<string, Value | undefined>()
  const once = (kind: 'status' | 'property') => (name: string) => {
    const key = `${kind} ${name}`
    if (!answers.has(key)) answers.set(key, context[kind](name))
    return answers.get(key)
  }
  return { ...context, status: once('status'), property: once('property') }
}
