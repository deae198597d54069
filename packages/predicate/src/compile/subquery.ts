import type { Subquery } from '../ast/nodes.ts'
import type { Frame, Read, Scope, Test } from '../runtime/frame.ts'
import { Site } from '../runtime/site.ts'
import { isArray } from '../value/kind.ts'
import type { Value } from '../value/value.ts'
import type { Compilers } from './compilers.ts'

/** The elements for which the predicate holds; bare keys and SELF go on meaning the outer object. */
export function compileSubquery(node: Subquery, to: Compilers): Read {
  const site = new Site(node.at)
  const { variable } = node
  const collection = to.expression(node.collection)
  const test = to.predicate(node.predicate)
  return (frame) => {
    const elements = collection(frame) ?? undefined
    if (elements === undefined) return undefined
    if (!isArray(elements)) throw site.mismatch('SUBQUERY', 'an array', elements)
    frame.steps.spend(elements.length, site.at)
    const outer = frame.scope
    const found = elements.filter((value) => holds(test, frame, { name: variable, value, outer }))
    frame.scope = outer
    return found
  }
}

function holds(test: Test, frame: Frame, scope: Scope): boolean {
  frame.scope = scope
  return test(frame)
}

export function variableValue(name: string, frame: Frame, site: Site): Value | undefined {
  for (let scope = frame.scope; scope; scope = scope.outer) if (scope.name === name) return scope.value
  throw site.failure('variable-unbound', `$${name} stands for nothing`, { found: `$${name}` })
}
