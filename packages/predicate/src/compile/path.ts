import type { CollectionStep, Path, Step } from '../ast/nodes.ts'
import { collected, countOf } from '../path/collection-operators.ts'
import { indexed, indexedBy } from '../path/indexed.ts'
import { itemKeyed, keyed } from '../path/key.ts'
import type { Frame, Read } from '../runtime/frame.ts'
import { Site } from '../runtime/site.ts'
import type { Value } from '../value/value.ts'
import type { Compilers } from './compilers.ts'

type Onward = (value: Value | undefined, frame: Frame) => Value | undefined

export function compilePath(node: Path, to: Compilers): Read {
  const base = to.expression(node.base)
  const onward = compileSteps(node.steps, to)
  return (frame) => onward(base(frame), frame)
}

function compileSteps(steps: readonly Step[], to: Compilers): Onward {
  const moves: Onward[] = []
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at]
    if (step?.kind === 'collection' && step.name !== 'count') {
      const index = steps.findIndex((other, place) => place > at && other.kind === 'index')
      const rest = steps.slice(at + 1, index === -1 ? steps.length : index)
      moves.push(compileCollected(step, step.name, rest, to))
      at += rest.length
    } else if (step) moves.push(compileStep(step, to))
  }
  return (value, frame) => moves.reduce((reached, move) => move(reached, frame), value)
}

function compileStep(step: Step, to: Compilers): Onward {
  const site = new Site(step.at)
  switch (step.kind) {
    case 'key': {
      const { name } = step
      return (value, frame) => keyed(value, name, site, frame.steps)
    }
    case 'item': {
      const { name } = step
      return (value, frame) => itemKeyed(value, name, site, frame.steps)
    }
    case 'collection':
      return (value) => countOf(value, site)
    case 'index': {
      const { index } = step
      if (typeof index === 'string') return (value) => indexedBy(index, value ?? undefined, site)
      const read = to.expression(index)
      return (value, frame) => indexed(value ?? undefined, read(frame), site)
    }
  }
}

/** An operator takes the rest of the path, up to an index, for each element. */
function compileCollected(
  step: CollectionStep,
  name: Exclude<CollectionStep['name'], 'count'>,
  rest: readonly Step[],
  to: Compilers,
): Onward {
  const site = new Site(step.at)
  if (rest.length === 0) return (value, frame) => collected(name, value, undefined, site, frame.steps)
  const onward = compileSteps(rest, to)
  return (value, frame) => collected(name, value, (element) => onward(element, frame), site, frame.steps)
}
