import type { Node } from '../ast/children.ts'
import type { Comparison } from '../ast/nodes.ts'
import { operators } from '../operators/operators.ts'
import { PredicateError } from '../predicate-error.ts'
import { Site } from '../runtime/site.ts'
import { Steps } from '../runtime/steps.ts'
import { describe, isArray, kindOf } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import type { ExplainedResult, Explanation } from './explanation.ts'
import { valueText } from './value-text.ts'

/** What is not plain from the values of a part and of its operands; undefined where they say it all. */
export function reason(node: Node, result: ExplainedResult, parts: readonly Explanation[]): string | undefined {
  if (result.kind === 'error') {
    return parts.some((part) => part.result.kind === 'error')
      ? undefined
      : result.message.replace(/^Cannot evaluate predicate: /, '')
  }
  if (node.kind !== 'comparison')
    return node.kind === 'path' && result.value === undefined ? 'nothing is there' : undefined
  const [left, right] = parts.map(plainValue)
  if (node.qualifier) return qualified(node, left, right)
  return compared(node, left, right, result.value === true)
}

function plainValue({ result }: Explanation): Value | undefined {
  return result.kind === 'value' ? (result.value ?? undefined) : undefined
}

function compared(
  node: Comparison,
  left: Value | undefined,
  right: Value | undefined,
  holds: boolean,
): string | undefined {
  const { operator } = node
  const isMeant = node.left.kind === 'nil' || node.right.kind === 'nil'
  if ((left === undefined || right === undefined) && !isMeant) {
    if (left === undefined && right === undefined)
      return `both sides are missing, and so ${holds ? 'the same' : 'not compared'}`
    return operator === '!='
      ? 'one side is missing, and so differs'
      : `one side is missing, and so ${operator} is false`
  }
  if (operator === '==' || operator === '!=') return equality(left, right, operator === '==' ? holds : !holds)
  if (typeof left === 'string' && typeof right === 'string' && orderings.has(operator)) return textOrder(left, right)
  return undefined
}

const orderings: ReadonlySet<string> = new Set(['<', '>', '<=', '>='])

function equality(left: Value | undefined, right: Value | undefined, same: boolean): string | undefined {
  if (same || left === undefined || right === undefined) return undefined
  if (family(left) !== family(right)) return `wrong type: ${describe(left)} is never equal to ${describe(right)}`
  if (typeof left !== 'string' || typeof right !== 'string') return undefined
  if (left.toLowerCase() === right.toLowerCase()) return 'they differ in letter case only'
  return left.trim() === right.trim() ? 'they differ in white space only' : undefined
}

function family(value: Value): string {
  const kind = kindOf(value)
  return kind === 'boolean' ? 'number' : kind
}

/** Only where numbers would have another order does it need to be said. */
function textOrder(left: string, right: string): string | undefined {
  if (!/^\d+(?:\.\d+)*$/.test(left) || !/^\d+(?:\.\d+)*$/.test(right)) return 'compared as text'
  const order = left < right ? 'before' : left > right ? 'after' : 'with'
  return `compared as text, in which ${valueText(left)} comes ${order} ${valueText(right)}`
}

/** Which element answers for ANY, ALL or NONE. */
function qualified(node: Comparison, left: Value | undefined, right: Value | undefined): string | undefined {
  if (left === undefined) return `there is no list, and ${node.qualifier} of nothing is ${node.qualifier !== 'ANY'}`
  if (!isArray(left)) return undefined
  if (left.length === 0) return `the list is empty, and ${node.qualifier} of nothing is ${node.qualifier !== 'ANY'}`
  const wanted = node.qualifier !== 'ALL'
  const found = left.find((element) => holds(node, element, right) === wanted)
  if (found !== undefined) return `${valueText(found, 40)} ${wanted ? 'does' : 'does not'}`
  return wanted ? `none of ${left.length} does` : `all ${left.length} do`
}

function holds(node: Comparison, element: Value, right: Value | undefined): boolean | undefined {
  try {
    return operators[node.operator](new Site(node.operatorAt), node.options)(element, right, new Steps())
  } catch (error) {
    if (error instanceof PredicateError) return undefined
    throw error
  }
}
