import { walk } from '../../ast/children.ts'
import type { Comparison, Expression, PredicateNode, Property } from '../../ast/nodes.ts'
import { print, printExpression } from '../../printer/print.ts'
import type { Value } from '../../value/value.ts'
import type { Shapes } from '../shapes/shapes.ts'
import type { ValueShape } from '../value-shape.ts'
import { constantScalars } from './constant.ts'

/** Something of which only the type is known, and all that it is compared with. */
export interface Term {
  readonly text: string
  readonly shape: ValueShape | undefined
  readonly mayBeNil: boolean
  readonly isCount: boolean
  readonly constants: Set<Value>
}

/**
 * A predicate in which each term is a property of its own name, and each comparison that constants cannot decide (of two
 * terms, of parts of texts, with ANY) is a property that is true or false on its own.
 */
export interface Skeleton {
  readonly tree: PredicateNode
  readonly terms: ReadonlyMap<string, Term>
  /** Names of the properties that stand for whole comparisons. */
  readonly unknowns: ReadonlySet<string>
  /** How much one evaluation costs. */
  readonly cost: number
}

export function skeletonOf(predicate: PredicateNode, shapes: Shapes): Skeleton {
  const making: Making = { shapes, terms: new Map(), unknowns: new Set(), cost: 0 }
  const tree = bones(predicate, making)
  return { tree, ...making }
}

interface Making {
  readonly shapes: Shapes
  readonly terms: Map<string, Term>
  readonly unknowns: Set<string>
  cost: number
}

function bones(node: PredicateNode, making: Making): PredicateNode {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map((operand) => bones(operand, making)) }
    case 'not':
      return { ...node, operand: bones(node.operand, making) }
    case 'constant':
      // Somebody who writes TRUEPREDICATE knows that it is always true.
      return unknown(print(node), node, making)
    case 'comparison':
      making.cost += 1
      return decidable(node, making) ?? undecidable(node, making)
  }
}

const exact: ReadonlySet<Comparison['operator']> = new Set(['==', '!=', '<', '>', '<=', '>=', 'BETWEEN', 'IN'])

function decidable(node: Comparison, making: Making): PredicateNode | undefined {
  const { left, right, operator, options, qualifier } = node
  if (qualifier || [...walk(node)].some((part) => part.kind === 'assignment' || part.kind === 'call')) return undefined
  const [ofLeft, ofRight] = [constantScalars(left), constantScalars(right)]
  making.cost += (ofLeft?.length ?? 0) + (ofRight?.length ?? 0)
  if (ofLeft && ofRight) return node
  const [term, constants] = ofRight ? [left, ofRight] : [right, ofLeft]
  if (!constants) return undefined
  const shape = making.shapes.of(term)
  const isListed = shape?.type === 'boolean' || shape?.rangelist !== undefined
  if (!isListed && (!exact.has(operator) || options !== '' || (operator === 'IN' && term === right))) return undefined
  if (shape?.type === 'array' || shape?.type === 'dictionary') return undefined
  const stand = standIn(term, constants, making)
  return term === left ? { ...node, left: stand } : { ...node, right: stand }
}

function standIn(node: Expression, constants: readonly Value[], { shapes, terms }: Making): Property {
  const text = printExpression(node)
  const last = node.kind === 'path' ? node.steps.at(-1) : undefined
  const term = terms.get(text) ?? {
    text,
    shape: shapes.of(node),
    mayBeNil: shapes.mayBeNil(node),
    isCount: last?.kind === 'collection' && last.name === 'count',
    constants: new Set(),
  }
  for (const constant of constants) term.constants.add(constant)
  terms.set(text, term)
  return { kind: 'property', name: text, at: node.at }
}

/** `!=` and NONE are the opposite of `==` and ANY, and so share an unknown with them. */
function undecidable(node: Comparison, making: Making): PredicateNode {
  const { qualifier, operator, at } = node
  if (qualifier === 'NONE') return { kind: 'not', operand: undecidable({ ...node, qualifier: 'ANY' }, making), at }
  if (!qualifier && operator === '!=') {
    return { kind: 'not', operand: undecidable({ ...node, operator: '==' }, making), at }
  }
  return unknown(print(node), node, making)
}

function unknown(name: string, { at }: PredicateNode, { unknowns }: Making): PredicateNode {
  unknowns.add(name)
  const left: Property = { kind: 'property', name, at }
  return {
    kind: 'comparison',
    left,
    operator: '==',
    options: '',
    right: { kind: 'boolean', value: true, at },
    operatorAt: at,
    at,
  }
}
