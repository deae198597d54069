import { compare, type Difference } from './compare.ts'
import type { DeviceFacts } from './device-facts.ts'
import type { HeldDeclaration } from './held-declaration.ts'
import type { ReportedUnder } from './influences.ts'
import { type Prediction, predict } from './predict.ts'

/** Declarations on a device of which so much is known. */
export interface Situation {
  readonly declarations: readonly HeldDeclaration[]
  readonly facts: DeviceFacts
}

/**
 * What a change turns on and off. The facts before it hold under the declarations before it: what comes of other declarations
 * is taken for unknown where nothing says it, and what is `given` after it is taken for true.
 *
 * @param said which activations and configurations the device itself calls active; the others are predicted
 */
export function whatIf(
  before: Situation,
  after: Situation,
  said: ReadonlyMap<string, boolean> = new Map(),
): readonly Difference[] {
  const was = predict({ ...before, under: null })
  const is = predict({ ...after, under: reportedUnder(before, was, said) })
  return compare(was, is)
}

function reportedUnder(
  { declarations }: Situation,
  { activations, configurations }: Prediction,
  said: ReadonlyMap<string, boolean>,
): ReportedUnder {
  const active = new Set<string>()
  const uncertain = new Set<string>()
  for (const [identifier, { activity }] of [...activations, ...configurations]) {
    const isActive = said.get(identifier) ?? (activity === 'unknown' ? undefined : activity === 'active')
    if (isActive === undefined) uncertain.add(identifier)
    else if (isActive) active.add(identifier)
  }
  return { declarations, active, uncertain }
}
