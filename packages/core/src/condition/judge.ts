import type { DeclarationKind, StatusReason } from '@edict/protocol'
import type { Instant } from '../enrollment/enrollment.ts'
import type { Item, LeftOut } from '../manifest/manifest.ts'
import { inCanonicalOrder } from '../manifest/token.ts'
import type { Condition, ConditionWord } from './condition.ts'
import type { ReportedState } from './reported.ts'

/** What is known of one channel when its declarations are judged. */
export interface Known {
  readonly wanted: readonly Item[]
  readonly wantedSince: Instant
  readonly leftOut: readonly LeftOut[]
  /** The last manifest answered, or null. */
  readonly collected: { readonly items: readonly Item[]; readonly at: Instant } | null
  /** The manifest answered before that one; what only it lists may still be on the device. */
  readonly previous: readonly Item[]
  readonly reported: readonly ReportedState[]
  /** When a report last listed declarations. */
  readonly reportedAt: Instant | null
  /** Which configurations each wanted activation lists. */
  readonly activations: ReadonlyMap<string, readonly string[]>
}

/** The condition of every declaration that a channel should hold, does not get, or still has to give up. */
export function judge(known: Known): readonly Condition[] {
  const wanted = known.wanted.map((item) => judgeWanted(item, known))
  const out = known.leftOut.map((item) => judgeLeftOut(item, known))
  return [...wanted, ...out, ...removing(known)].sort(inCanonicalOrder)
}

function judgeWanted(item: Item, known: Known): Condition {
  const states = known.reported.filter((state) => state.kind === item.kind && state.identifier === item.identifier)
  const state = states.find((candidate) => candidate['server-token'] === item.serverToken)
  const make = (condition: ConditionWord, reason: string, since: Instant | null, evidence = {}): Condition => {
    return {
      kind: item.kind,
      identifier: item.identifier,
      serverToken: item.serverToken,
      condition,
      reason,
      since,
      evidence,
    }
  }
  if (state !== undefined) return judgeReported(state, known, make)
  const other = states[0]
  const evidence = other === undefined ? {} : { reportedToken: other['server-token'] }
  const collected = known.collected
  if (
    collected?.items.some((shown) => shown.identifier === item.identifier && shown.serverToken === item.serverToken)
  ) {
    return make(
      'collected',
      'the device has the manifest and has not reported this version yet',
      collected.at,
      evidence,
    )
  }
  return make('waiting', 'the device has not collected the manifest that has it', known.wantedSince, evidence)
}

type Make = (
  condition: ConditionWord,
  reason: string,
  since: Instant | null,
  evidence?: Condition['evidence'],
) => Condition

function judgeReported(state: ReportedState, known: Known, make: Make): Condition {
  const { active, valid, reasons, since } = state
  const evidence = { active, valid, reasons }
  const error = reasons.find((reason) => reason.code.startsWith('Error.'))
  if (error !== undefined || valid === 'invalid') {
    return make('failed', error === undefined ? 'the device reports it invalid' : sentence(error), since, evidence)
  }
  const unreferenced = reasons.find((reason) => reason.code.startsWith('Info.NotReferencedBy'))
  if (unreferenced !== undefined) return make('unreferenced', sentence(unreferenced), since, evidence)
  if (state.kind === 'management') {
    return valid === 'valid'
      ? make('in-force', 'the device reports it valid', since, evidence)
      : make('collected', 'the device has it and has not judged it yet', since, evidence)
  }
  if (!active) return inactive(state, known, make)
  return valid === 'valid'
    ? make('in-force', 'the device reports it active and valid', since, evidence)
    : make('collected', 'the device reports it active and has not judged it yet', since, evidence)
}

/** An activation whose predicate is false explains the configurations that it alone would activate. */
function inactive(state: ReportedState, known: Known, make: Make): Condition {
  const { active, valid, reasons, since, identifier } = state
  const own = reasons[0]
  if (own !== undefined) return make('inactive', sentence(own), since, { active, valid, reasons })
  const explaining = known.reported.find(
    (other) =>
      other.kind === 'activation' &&
      known.activations.get(other.identifier)?.includes(identifier) === true &&
      other.reasons.length > 0,
  )
  const reason = explaining?.reasons[0]
  if (explaining === undefined || reason === undefined) {
    return make('inactive', 'the device reports it inactive', since, { active, valid, reasons })
  }
  const evidence = { active, valid, reasons: explaining.reasons, activation: explaining.identifier }
  return make('inactive', `${explaining.identifier}: ${sentence(reason)}`, since, evidence)
}

function sentence(reason: StatusReason): string {
  return reason.description === undefined ? reason.code : `${reason.code}: ${reason.description}`
}

function judgeLeftOut({ kind, identifier, cause }: LeftOut, known: Known): Condition {
  const evidence = { cause: cause.of === undefined ? { code: cause.code } : { code: cause.code, of: cause.of } }
  const reason = cause.of === undefined ? cause.reason : `${cause.of}: ${cause.reason}`
  return { kind, identifier, serverToken: null, condition: 'left-out', reason, since: known.wantedSince, evidence }
}

/** No longer wanted, and not yet known to be gone: only a report after a manifest without it can say so. */
function removing(known: Known): readonly Condition[] {
  const keep = new Set(known.wanted.map(nameOf))
  const collected = known.collected?.items.filter((item) => !keep.has(nameOf(item))) ?? []
  const pending = new Map(
    collected.map((item) => [nameOf(item), gone(item, 'the device has not collected the manifest without it', known)]),
  )
  if (known.collected !== null && (known.reportedAt ?? 0) < known.collected.at) {
    for (const item of known.previous) {
      if (keep.has(nameOf(item)) || pending.has(nameOf(item))) continue
      pending.set(nameOf(item), gone(item, 'no report has come since the manifest without it', known))
    }
  }
  for (const state of known.reported) {
    const name = nameOf(state)
    if (keep.has(name) || pending.has(name)) continue
    pending.set(name, gone(state, 'the device still reports it', known))
  }
  return [...pending.values()]
}

function gone(of: { kind: DeclarationKind; identifier: string }, reason: string, known: Known): Condition {
  const { kind, identifier } = of
  return { kind, identifier, serverToken: null, condition: 'removing', reason, since: known.wantedSince, evidence: {} }
}

function nameOf(item: { readonly kind: string; readonly identifier: string }): string {
  return `${item.kind}/${item.identifier}`
}
