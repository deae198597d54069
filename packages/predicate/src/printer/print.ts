import type { Comparison, Expression, PredicateNode, Step } from '../ast/nodes.ts'
import { printKey, printNumber, printString } from './literal.ts'

/**
 * Writes a predicate canonically: one spelling of each operator, double quotes, parentheses wherever AND, OR or NOT
 * meet. `parse(print(node))` equals `node` up to places.
 */
export function print(node: PredicateNode): string {
  switch (node.kind) {
    case 'or':
      return node.operands.map(operandOf).join(' OR ')
    case 'and':
      return node.operands.map(operandOf).join(' AND ')
    case 'not':
      return node.operand.kind === 'comparison' || node.operand.kind === 'constant'
        ? `NOT ${print(node.operand)}`
        : `NOT (${print(node.operand)})`
    case 'constant':
      return node.value ? 'TRUEPREDICATE' : 'FALSEPREDICATE'
    case 'comparison':
      return printComparison(node)
  }
}

function operandOf(node: PredicateNode): string {
  return node.kind === 'comparison' || node.kind === 'constant' ? print(node) : `(${print(node)})`
}

function printComparison(node: Comparison): string {
  const qualifier = node.qualifier ? `${node.qualifier} ` : ''
  const options = node.options ? `[${node.options}]` : ''
  return `${qualifier}${side(node.left)} ${node.operator}${options} ${side(node.right)}`
}

/** A side of a comparison: everything but an assignment stands without parentheses. */
function side(node: Expression): string {
  return node.kind === 'assignment' ? `(${printExpression(node)})` : printExpression(node)
}

/** Writes an expression canonically, as `print` does. */
export function printExpression(node: Expression): string {
  switch (node.kind) {
    case 'string':
      return printString(node.value)
    case 'number':
      return printNumber(node)
    case 'boolean':
      return node.value ? 'TRUE' : 'FALSE'
    case 'nil':
      return 'nil'
    case 'self':
      return 'SELF'
    case 'variable':
      return `$${node.name}`
    case 'key':
      return printKey(node.name)
    case 'status':
    case 'property':
      return `@${node.kind}(${node.name})`
    case 'aggregate':
      return `{${list(node.elements)}}`
    case 'path':
      return `${pathBase(node.base)}${node.steps.map(printStep).join('')}`
    case 'arithmetic':
    case 'set':
      return `${operand(node.left)} ${node.operator} ${operand(node.right)}`
    case 'negation':
      return `-${operand(node.operand)}`
    case 'call':
    case 'selector':
      return `${node.name}(${list(node.arguments)})`
    case 'function':
      return `FUNCTION(${list(node.arguments)})`
    case 'subquery':
      return `SUBQUERY(${printExpression(node.collection)}, $${node.variable}, ${print(node.predicate)})`
    case 'ternary':
      return `TERNARY(${print(node.condition)}, ${printExpression(node.then)}, ${printExpression(node.otherwise)})`
    case 'cast':
      return `CAST(${printExpression(node.operand)}, ${printExpression(node.type)})`
    case 'assignment':
      return `$${node.variable} := ${printExpression(node.value)}`
  }
}

function list(nodes: readonly Expression[]): string {
  return nodes.map(printExpression).join(', ')
}

const compound: ReadonlySet<Expression['kind']> = new Set(['arithmetic', 'set', 'negation', 'assignment'])

/** An operand of arithmetic or of a set operator, which stand in parentheses inside each other. */
function operand(node: Expression): string {
  return compound.has(node.kind) ? `(${printExpression(node)})` : printExpression(node)
}

/** What a path starts from; a path there holds a collection operator, which would otherwise take the steps after it. */
function pathBase(node: Expression): string {
  return compound.has(node.kind) || node.kind === 'path' || node.kind === 'number'
    ? `(${printExpression(node)})`
    : printExpression(node)
}

function printStep(step: Step): string {
  switch (step.kind) {
    case 'key':
      return `.${printKey(step.name)}`
    case 'item':
      return `.@key(${step.name})`
    case 'collection':
      return `.@${step.name}`
    case 'index':
      return `[${typeof step.index === 'string' ? step.index : printExpression(step.index)}]`
  }
}
