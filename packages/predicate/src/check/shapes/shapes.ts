import { bareName } from '../../ast/bare-name.ts'
import { children, type Node } from '../../ast/children.ts'
import type { Expression, Path, PredicateNode, Status, Step } from '../../ast/nodes.ts'
import { knownItem } from '../known-item.ts'
import type { StatusItemTable } from '../status-item-table.ts'
import type { ValueShape } from '../value-shape.ts'
import { type Descent, descend, descendName } from './descend.ts'

/** What is known, before any evaluation, of what each part of a predicate will be. */
export interface Shapes {
  /** The shape of an expression's value where it has one; undefined: not known. */
  of(node: Expression): ValueShape | undefined
  /** Whether an expression may be nil. */
  mayBeNil(node: Expression): boolean
  /** Steps and names that lead nowhere. */
  readonly deadEnds: readonly DeadEnd[]
}

export interface DeadEnd {
  readonly descent: Exclude<Descent, { kind: 'shape' }>
  /** The `@status(…)` whose name leads nowhere, or the step that does. */
  readonly node: Status | Step
}

interface Known {
  readonly shape: ValueShape | undefined
  readonly nil: boolean
}

type Bindings = ReadonlyMap<string, Known>

/** Follows the tables through a predicate, into its SUBQUERYs. */
export function shapesOf(predicate: PredicateNode, items: StatusItemTable): Shapes {
  const known = new Map<Node, Known>()
  const deadEnds: DeadEnd[] = []
  visit(predicate, new Map(), { items, known, deadEnds })
  return {
    of: (node) => known.get(node)?.shape,
    mayBeNil: (node) => known.get(node)?.nil ?? true,
    deadEnds,
  }
}

interface Survey {
  readonly items: StatusItemTable
  readonly known: Map<Node, Known>
  readonly deadEnds: DeadEnd[]
}

function visit(node: Node, bound: Bindings, survey: Survey): void {
  if (node.kind === 'subquery') {
    visit(node.collection, bound, survey)
    const shape = survey.known.get(node.collection)?.shape
    const inside = new Map(bound).set(node.variable, { shape: shape?.item, nil: false })
    visit(node.predicate, inside, survey)
  } else for (const child of children(node)) visit(child, bound, survey)
  const found = knownOf(node, bound, survey)
  if (found) survey.known.set(node, found)
}

function knownOf(node: Node, bound: Bindings, survey: Survey): Known | undefined {
  const inner = (part: Expression): Known => survey.known.get(part) ?? { shape: undefined, nil: true }
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return { shape: { type: node.kind }, nil: false }
    case 'number':
      return { shape: { type: node.real ? 'number' : 'integer' }, nil: false }
    case 'aggregate':
      return { shape: aggregateShape(node.elements.map((element) => inner(element).shape)), nil: false }
    case 'status':
      return statusKnown(node, survey)
    case 'property':
      return { shape: propertyShape(node.name, survey.items), nil: true }
    case 'variable':
      return bound.get(node.name)
    case 'path':
      return pathKnown(node, inner(node.base), survey)
    case 'arithmetic':
    case 'negation': {
      // `device.identifier.serial-number` is a subtraction only in form.
      if (knownItem(bareName(node) ?? '', survey.items) !== undefined) return undefined
      const parts = node.kind === 'negation' ? [node.operand] : [node.left, node.right]
      const allIntegers = parts.every((part) => inner(part).shape?.type === 'integer')
      return { shape: { type: allIntegers ? 'integer' : 'number' }, nil: false }
    }
    case 'set':
      return { shape: { type: 'array' }, nil: false }
    case 'subquery':
      return { shape: { type: 'array' }, nil: inner(node.collection).nil }
    case 'assignment':
      return inner(node.value)
    default:
      return undefined
  }
}

function statusKnown(node: Status, { items, deadEnds }: Survey): Known {
  const item = knownItem(node.name, items)
  const shape = item === undefined ? undefined : items.value?.(item)
  const always = item !== undefined && items.isEverywhere?.(item) === true
  if (item === undefined || item === node.name) return { shape, nil: !always || shape?.presence === 'optional' }
  const descent = descendName(shape, node.name.slice(item.length + 1))
  if (descent.kind === 'shape') return { shape: descent.shape, nil: !always || descent.shape?.presence === 'optional' }
  deadEnds.push({ descent, node })
  return { shape: undefined, nil: true }
}

/** A property has a shape where all values that are set for it agree on one. */
function propertyShape(name: string, { properties }: StatusItemTable): ValueShape | undefined {
  const [first, ...rest] = properties?.get(name) ?? []
  return rest.every((shape) => shape.type === first?.type) ? first : undefined
}

function pathKnown(node: Path, base: Known, { deadEnds }: Survey): Known {
  let { shape, nil } = base
  for (const step of node.steps) {
    const descent = descend(shape, step)
    if (descent.kind !== 'shape') {
      deadEnds.push({ descent, node: step })
      return { shape: undefined, nil: true }
    }
    shape = descent.shape
    nil ||= step.kind !== 'collection' && step.kind !== 'index' && shape?.presence !== 'required'
  }
  return { shape, nil }
}

function aggregateShape(shapes: readonly (ValueShape | undefined)[]): ValueShape {
  const [first, ...rest] = shapes
  return first && rest.every((shape) => shape?.type === first.type) ? { type: 'array', item: first } : { type: 'array' }
}
