import type { Call, SelectorCall } from '../ast/nodes.ts'
import { functions } from '../functions/functions.ts'
import type { Read } from '../runtime/frame.ts'
import { Site } from '../runtime/site.ts'
import type { Compilers } from './compilers.ts'

/** A function is found in our own table, never by asking an object for what a string names. */
export function compileCall(node: Call | SelectorCall, to: Compilers): Read {
  const site = new Site(node.at)
  const { name } = node
  const called = functions.get(name)
  if (!called) {
    return () => {
      throw site.failure('function-refused', `${name} is no function that is evaluated here`, { found: name })
    }
  }
  const given = node.arguments.map(to.expression)
  if (given.length !== called.arity) {
    const found = String(given.length)
    return () => {
      throw site.failure('argument-count', `${name} takes ${called.arity} arguments, found ${found}`, { found })
    }
  }
  return (frame) => {
    frame.steps.spend(1, site.at)
    return called.apply(
      given.map((read) => read(frame) ?? undefined),
      site,
      frame,
    )
  }
}
