import type { PredicateNode } from '../../ast/nodes.ts'
import { compile } from '../../compile/compile.ts'
import type { Outcome } from '../../compile/outcome.ts'
import type { Value } from '../../value/value.ts'
import type { Shapes } from '../shapes/shapes.ts'
import type { Budget } from './budget.ts'
import { samplesOf } from './samples.ts'
import { type Skeleton, skeletonOf } from './skeleton.ts'

/** The outcomes that a predicate can have. */
export interface Possible {
  /** Where everything that it reads has a value. */
  readonly present: ReadonlySet<Outcome['kind']>
  /** Wherever. */
  readonly all: ReadonlySet<Outcome['kind']>
  /** What it reads and could be nil, as it is written. */
  readonly absentable: readonly string[]
}

/** Values to try for a term instead of representative ones. */
export type Pinned = ReadonlyMap<string, readonly Value[]>

/**
 * Tries a predicate on every combination of representative values. What it cannot know it takes as both true and false, so
 * that an outcome which is not among the answers is impossible, while one that is may still be.
 * Undefined where there would be too many combinations.
 */
export function possibleOutcomes(
  predicate: PredicateNode,
  shapes: Shapes,
  budget: Budget,
  pinned: Pinned = new Map(),
): Possible | undefined {
  const skeleton = skeletonOf(predicate, shapes)
  const domains = domainsOf(skeleton, pinned)
  const combinations = domains.reduce((product, { values }) => product * values.length, 1)
  if (!budget.take(combinations * skeleton.cost)) return undefined
  const run = compile(skeleton.tree)
  const present = new Set<Outcome['kind']>()
  const all = new Set<Outcome['kind']>()
  const facts = new Map<string, Value | undefined>()
  const context = { status: () => undefined, property: (name: string) => facts.get(name) }
  for (let index = 0; index < combinations; index += 1) {
    let rest = index
    let isPresent = true
    for (const { name, values } of domains) {
      const value = values[rest % values.length]
      rest = Math.floor(rest / values.length)
      facts.set(name, value)
      if (value === undefined) isPresent = false
    }
    const { kind } = run(context)
    all.add(kind)
    if (isPresent) present.add(kind)
  }
  return {
    present,
    all,
    absentable: [...skeleton.terms.values()].filter((term) => term.mayBeNil).map((term) => term.text),
  }
}

interface Domain {
  readonly name: string
  readonly values: readonly (Value | undefined)[]
}

function domainsOf({ terms, unknowns }: Skeleton, pinned: Pinned): readonly Domain[] {
  return [
    ...[...terms].map(([name, term]) => ({
      name,
      values: pinned.get(name) ?? [...samplesOf(term), ...(term.mayBeNil ? [undefined] : [])],
    })),
    ...[...unknowns].map((name) => ({ name, values: [true, false] })),
  ]
}
