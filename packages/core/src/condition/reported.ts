import { type DeclarationKind, type DeclarationState, type Json, readDeclarationStates } from '@edict/protocol'
import type { Instant } from '../instant.ts'

/** What a device last said of one declaration under one ServerToken. */
export interface ReportedState extends DeclarationState {
  readonly kind: DeclarationKind
  /** Since when it says exactly this. */
  readonly since: Instant
}

/**
 * The states after a report: each of the four arrays that is present replaces what was known of it. An identifier may be
 * there twice for a moment, with its old and its new token; both are kept.
 */
export function reportStates(
  known: readonly ReportedState[],
  value: Json | undefined,
  now: Instant,
): readonly ReportedState[] {
  if (value === undefined) return known
  const present = readDeclarationStates(value)
  const kept = known.filter((state) => present[state.kind] === undefined)
  const before = new Map(known.map((state) => [keyOf(state), state]))
  const said = (Object.entries(present) as [DeclarationKind, readonly DeclarationState[]][]).flatMap(([kind, states]) =>
    states.map((state): ReportedState => sinceSame(before, { ...state, kind, since: now })),
  )
  return [...kept, ...new Map(said.map((state) => [keyOf(state), state])).values()]
}

function keyOf(state: Pick<ReportedState, 'kind' | 'identifier' | 'server-token'>): string {
  return `${state.kind}/${state.identifier}/${state['server-token']}`
}

function sinceSame(before: ReadonlyMap<string, ReportedState>, state: ReportedState): ReportedState {
  const previous = before.get(keyOf(state))
  const same =
    previous !== undefined &&
    previous.active === state.active &&
    previous.valid === state.valid &&
    JSON.stringify(previous.reasons) === JSON.stringify(state.reasons)
  return same ? { ...state, since: previous.since } : state
}
