import type { Comparison, Expression } from '../../ast/nodes.ts'
import { nodesOf } from '../../ast/nodes-of.ts'
import { printExpression } from '../../printer/print.ts'
import type { PredicateProblem } from '../problem.ts'
import type { Rule } from '../rule.ts'
import { counterExample, type Ordering } from '../versions/counter-example.ts'
import { compareParts, versionParts } from '../versions/version.ts'
import { versionPattern } from '../versions/version-pattern.ts'

/**
 * Versions are strings, and strings are ordered character by character: '16.10' comes before '16.4'. What is meant is
 * offered as a regular expression that is true for the same versions, and like the comparison false where there is none.
 */
export const versionAsText: Rule = (predicate) => nodesOf(predicate, 'comparison').flatMap(problems)

function problems(node: Comparison): readonly PredicateProblem[] {
  if (node.operator === 'BETWEEN') return isVersion(node.left, node.right) ? [problem(node, betweenRewrite(node))] : []
  const operator = orderings.find((name) => name === node.operator)
  if (!operator) return []
  const turned = isVersion(node.right, node.left)
  if (!turned && !isVersion(node.left, node.right)) return []
  const [item, bound] = turned ? [node.right, node.left] : [node.left, node.right]
  const meant = turned ? opposite[operator] : operator
  if (bound.kind !== 'string') return [problem(node, undefined)]
  // A qualifier is about the left side only, where the bound is then.
  const rewrite = turned && node.qualifier ? undefined : rewritten(item, meant, bound.value, node.qualifier)
  return [problem(node, rewrite, because(meant, bound.value))]
}

const orderings: readonly Ordering[] = ['<', '>', '<=', '>=']
const opposite: Readonly<Record<Ordering, Ordering>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' }

/** A status item that holds a version, or anything else of such a name that is compared with one. */
function isVersion(node: Expression, other: Expression): boolean {
  const name = nameOf(node)
  if (name === undefined || !/(?:^|[.-])version$/i.test(name)) return false
  if (other.kind === 'number') return false
  return node.kind === 'status' || [other, ...(other.kind === 'aggregate' ? other.elements : [])].some(isVersionText)
}

function nameOf(node: Expression): string | undefined {
  if (node.kind === 'status' || node.kind === 'property') return node.name
  const last = node.kind === 'path' ? node.steps.at(-1) : undefined
  return last?.kind === 'item' || last?.kind === 'key' ? last.name : undefined
}

function isVersionText(node: Expression): boolean {
  return node.kind === 'string' && versionParts(node.value) !== undefined
}

function problem(node: Comparison, rewrite: string | undefined, why?: string): PredicateProblem {
  const { operator, operatorAt } = node
  const reason = why ?? "'16.10' < '16.4' and '9.3' > '10.0'"
  return {
    code: 'version-as-text',
    severity: 'warning',
    message: `Cannot order versions with ${operator}: they compare as text, in which ${reason}`,
    at: operatorAt,
    found: operator,
    expected: 'MATCHES, BEGINSWITH, IN or an integer property',
    ...(rewrite !== undefined && { rewrite }),
  }
}

function because(operator: Ordering, bound: string): string | undefined {
  const example = counterExample(operator, bound)
  if (!example) return undefined
  const order = example.version < bound ? '<' : '>'
  const therefore = example.asText ? 'is let in' : 'is left out'
  return `'${example.version}' ${order} '${bound}', so ${example.version} ${therefore}`
}

function rewritten(
  item: Expression,
  operator: Ordering,
  bound: string,
  qualifier: Comparison['qualifier'],
): string | undefined {
  const parts = versionParts(bound)
  if (!parts) return undefined
  const name = printExpression(item)
  const pattern = versionPattern(parts, operator === '>' || operator === '<=')
  const isAbove = operator === '>' || operator === '>='
  if (qualifier) return `${qualifier} ${name} MATCHES "${isAbove ? pattern : `${not(pattern)}.+`}"`
  if (isAbove) return `${name} MATCHES "${pattern}"`
  return `(${name} != nil AND (NOT ${name} MATCHES "${pattern}"))`
}

/** One comparison holds for one element at a time: what an element must not be stands in the pattern itself. */
function not(pattern: string): string {
  return `(?!(?:${pattern})$)`
}

/** Bounds may stand in either order. */
function betweenRewrite({ left, right, qualifier }: Comparison): string | undefined {
  const bounds = right.kind === 'aggregate' ? right.elements : []
  const versions = bounds.flatMap((bound) => (bound.kind === 'string' ? [versionParts(bound.value)] : []))
  const [low, high] = versions.filter((parts) => parts !== undefined).sort(compareParts)
  if (low === undefined || high === undefined || bounds.length !== 2) return undefined
  const [least, beyond, name] = [versionPattern(low, false), versionPattern(high, true), printExpression(left)]
  if (qualifier) return `${qualifier} ${name} MATCHES "${not(beyond)}(?:${least})"`
  return `(${name} MATCHES "${least}" AND (NOT ${name} MATCHES "${beyond}"))`
}
