import type { Comparison } from '../ast/nodes.ts'
import type { Operator } from '../operators/operator.ts'
import { operators } from '../operators/operators.ts'
import type { Frame, Read, Test } from '../runtime/frame.ts'
import { Site } from '../runtime/site.ts'
import { describe, isArray } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import type { Compilers } from './compilers.ts'

/** A null read as a whole value is nil; only as an element of a collection it is an object of its own. */
export function compileComparison(node: Comparison, to: Compilers): Test {
  const site = new Site(node.operatorAt)
  const operator = operators[node.operator](site, node.options)
  const left = to.expression(node.left)
  const right = to.expression(node.right)
  if (node.qualifier) return qualified(node, node.qualifier, left, right, operator)
  return (frame) => operator(left(frame) ?? undefined, right(frame) ?? undefined, frame.steps)
}

/** ANY of nothing is false, ALL and NONE of nothing are true; nil counts as nothing. */
function qualified(
  node: Comparison,
  qualifier: 'ANY' | 'ALL' | 'NONE',
  left: Read,
  right: Read,
  operator: Operator,
): Test {
  const site = new Site(node.left.at)
  const elements = (frame: Frame): readonly Value[] => {
    const collection = left(frame) ?? []
    if (isArray(collection)) return collection
    const found = describe(collection)
    throw site.failure('not-a-collection', `${qualifier} needs an array, found ${found}`, {
      found,
      expected: 'an array',
    })
  }
  const holds = (frame: Frame) => {
    const other = right(frame) ?? undefined
    return (element: Value) => operator(element, other, frame.steps)
  }
  switch (qualifier) {
    case 'ANY':
      return (frame) => elements(frame).some(holds(frame))
    case 'ALL':
      return (frame) => elements(frame).every(holds(frame))
    case 'NONE':
      return (frame) => !elements(frame).some(holds(frame))
  }
}
