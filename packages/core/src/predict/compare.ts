import { byCodeUnit } from '../canonical.ts'
import type { Activity } from './influences.ts'
import type { PredictedActivation, PredictedConfiguration, Prediction } from './predict.ts'

/** One activation or configuration before and after a change; null where it is not there. */
export interface Difference {
  readonly kind: 'activation' | 'configuration'
  readonly identifier: string
  readonly before: PredictedActivation | PredictedConfiguration | null
  readonly after: PredictedActivation | PredictedConfiguration | null
  readonly turns: Turn
}

/** `maybe`: at least one side is not known, so that it may turn. */
export type Turn = 'on' | 'off' | 'maybe' | 'stays'

/** What each activation and configuration does when one prediction becomes another: activations first, by Identifier. */
export function compare(before: Prediction, after: Prediction): readonly Difference[] {
  return (['activation', 'configuration'] as const).flatMap((kind) => {
    const [were, are] =
      kind === 'activation' ? [before.activations, after.activations] : [before.configurations, after.configurations]
    const identifiers = [...new Set([...were.keys(), ...are.keys()])].sort(byCodeUnit)
    return identifiers.map((identifier): Difference => {
      const [was, is] = [were.get(identifier) ?? null, are.get(identifier) ?? null]
      return { kind, identifier, before: was, after: is, turns: turn(activityOf(was), activityOf(is)) }
    })
  })
}

function activityOf(one: PredictedConfiguration | null): Activity {
  return one?.activity ?? 'inactive'
}

function turn(before: Activity, after: Activity): Turn {
  if (before === after) return 'stays'
  if (before === 'unknown' || after === 'unknown') return 'maybe'
  return after === 'active' ? 'on' : 'off'
}
