import { compareValues } from '../operators/ordering.ts'
import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import type { Value } from '../value/value.ts'

/** The largest value, the first among equals; nil of nothing. */
export function largest(values: readonly Value[], who: string, site: Site, steps: Steps): Value | undefined {
  return extreme(values, (order) => order > 0, who, site, steps)
}

/** The smallest value, the first among equals; nil of nothing. */
export function smallest(values: readonly Value[], who: string, site: Site, steps: Steps): Value | undefined {
  return extreme(values, (order) => order < 0, who, site, steps)
}

function extreme(
  values: readonly Value[],
  better: (order: number) => boolean,
  who: string,
  site: Site,
  steps: Steps,
): Value | undefined {
  const [first, ...rest] = values
  let best = first
  for (const value of rest) if (better(compareValues(who, value, best, (text) => text, site, steps))) best = value
  return best
}
