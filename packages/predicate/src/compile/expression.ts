import type { Expression, NumberLiteral } from '../ast/nodes.ts'
import { cast } from '../functions/cast.ts'
import { arithmetic, negated } from '../operators/arithmetic.ts'
import { setOperation } from '../operators/sets.ts'
import { keyed } from '../path/key.ts'
import type { Read } from '../runtime/frame.ts'
import { Site } from '../runtime/site.ts'
import { real } from '../value/number.ts'
import type { Value } from '../value/value.ts'
import { compileCall } from './call.ts'
import type { Compilers } from './compilers.ts'
import { compilePath } from './path.ts'
import { compileSubquery, variableValue } from './subquery.ts'

export function compileExpression(node: Expression, to: Compilers): Read {
  const site = new Site(node.at)
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return always(node.value)
    case 'number':
      return always(numberValue(node))
    case 'nil':
      return always(undefined)
    case 'aggregate': {
      const elements = node.elements.map(to.expression)
      return (frame) => {
        frame.steps.spend(elements.length, site.at)
        return elements.map((read) => read(frame) ?? null)
      }
    }
    case 'self':
      return (frame) => frame.context.root ?? undefined
    case 'variable':
      return (frame) => variableValue(node.name, frame, site)
    case 'key':
      return (frame) => keyed(frame.context.root ?? undefined, node.name, site, frame.steps)
    case 'status':
      return (frame) => frame.status(node.name)
    case 'property':
      return (frame) => frame.property(node.name)
    case 'path':
      return compilePath(node, to)
    case 'arithmetic': {
      const { operator } = node
      const [left, right] = [to.expression(node.left), to.expression(node.right)]
      return (frame) => {
        frame.steps.spend(1, site.at)
        return arithmetic(operator, left(frame), right(frame), site)
      }
    }
    case 'negation': {
      const operand = to.expression(node.operand)
      return (frame) => negated(operand(frame), site)
    }
    case 'set': {
      const { operator } = node
      const [left, right] = [to.expression(node.left), to.expression(node.right)]
      return (frame) => setOperation(operator, left(frame), right(frame), site, frame.steps)
    }
    case 'call':
    case 'selector':
      return compileCall(node, to)
    case 'function':
      return () => {
        throw site.failure('function-refused', 'FUNCTION would call what a string names, and is never evaluated')
      }
    case 'subquery':
      return compileSubquery(node, to)
    case 'ternary': {
      const condition = to.predicate(node.condition)
      const [then, otherwise] = [to.expression(node.then), to.expression(node.otherwise)]
      return (frame) => (condition(frame) ? then(frame) : otherwise(frame))
    }
    case 'cast': {
      const [operand, type] = [to.expression(node.operand), to.expression(node.type)]
      return (frame) => cast(operand(frame) ?? undefined, type(frame), site)
    }
    case 'assignment': {
      const read = to.expression(node.value)
      return (frame) => {
        const value = read(frame)
        frame.scope = { name: node.variable, value, outer: frame.scope }
        return value
      }
    }
  }
}

function always(value: Value | undefined): Read {
  return () => value
}

function numberValue(node: NumberLiteral): Value {
  return node.real ? real(Number(node.value)) : node.value
}
