import type { DeclarationKind, StatusReason } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import type { Item, LeftOut } from '../manifest/manifest.ts'
import { inCanonicalOrder } from '../manifest/token.ts'
import type { Condition, ConditionWord, Evidence, Reason } from './condition.ts'
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
  const { kind, identifier, serverToken } = item
  if (state !== undefined) return { kind, identifier, serverToken, ...judgeReported(state, known) }
  const collected = known.collected
  const has = collected?.items.find((other) => nameOf(other) === nameOf(item))?.serverToken
  const other = states[0]?.['server-token'] ?? (has === serverToken ? undefined : has)
  const evidence = other === undefined ? {} : { serverToken: other }
  return collected !== null && has === serverToken
    ? { kind, identifier, serverToken, condition: 'collected', reason: NOT_REPORTED, since: collected.at, evidence }
    : { kind, identifier, serverToken, condition: 'waiting', reason: NOT_COLLECTED, since: known.wantedSince, evidence }
}

type Judgement = Omit<Condition, 'kind' | 'identifier' | 'serverToken'>

const NOT_COLLECTED: Reason = {
  code: 'not-collected',
  message: 'the device has not collected the manifest that has it',
}
const NOT_REPORTED: Reason = {
  code: 'not-reported',
  message: 'the device has the manifest and has not reported this version',
}
const NOT_JUDGED: Reason = { code: 'not-judged', message: 'the device has it and has not judged it yet' }
const REPORTED_VALID: Reason = { code: 'reported-valid', message: 'the device reports it valid' }
const REPORTED_ACTIVE: Reason = { code: 'reported-active', message: 'the device reports it active and valid' }
const REPORTED_INVALID: Reason = { code: 'reported-invalid', message: 'the device reports it invalid' }
const REPORTED_INACTIVE: Reason = { code: 'reported-inactive', message: 'the device reports it inactive' }

function judgeReported(state: ReportedState, known: Known): Judgement {
  const { active, valid, reasons, since } = state
  const make = (condition: ConditionWord, reason: Reason, evidence: Evidence = {}): Judgement => {
    return { condition, reason, since, evidence: { active, valid, reasons, ...predicateOf(reasons), ...evidence } }
  }
  const error = reasons.find((reason) => reason.code.startsWith('Error.'))
  if (error !== undefined) return make('failed', said(error))
  if (valid === 'invalid') return make('failed', REPORTED_INVALID)
  const unreferenced = reasons.find((reason) => reason.code.startsWith('Info.NotReferencedBy'))
  if (unreferenced !== undefined) return make('unreferenced', said(unreferenced))
  if (state.kind === 'management') {
    return valid === 'valid' ? make('in-force', REPORTED_VALID) : make('collected', NOT_JUDGED)
  }
  if (active) return valid === 'valid' ? make('in-force', REPORTED_ACTIVE) : make('collected', NOT_JUDGED)
  if (reasons[0] !== undefined) return make('inactive', said(reasons[0]))
  const explaining = explainingActivation(state.identifier, known)
  const reason = explaining?.reasons[0]
  if (explaining === undefined || reason === undefined) return make('inactive', REPORTED_INACTIVE)
  return make('inactive', said(reason), { activation: explaining.identifier, ...predicateOf(explaining.reasons) })
}

/** An activation whose predicate is false explains the configurations that it would activate. */
function explainingActivation(identifier: string, known: Known): ReportedState | undefined {
  return known.reported.find(
    (other) =>
      other.kind === 'activation' &&
      !other.active &&
      known.activations.get(other.identifier)?.includes(identifier) === true &&
      other.reasons.length > 0,
  )
}

function said({ code, description }: StatusReason): Reason {
  return { code, message: description ?? code }
}

function predicateOf(reasons: readonly StatusReason[]): Evidence {
  const predicate = reasons.map((reason) => reason.details?.Predicate).find((value) => value !== undefined)
  return predicate === undefined ? {} : { predicate }
}

function judgeLeftOut({ kind, identifier, cause }: LeftOut, known: Known): Condition {
  const reason = { code: cause.code, message: cause.of === undefined ? cause.reason : `${cause.of}: ${cause.reason}` }
  const evidence = cause.of === undefined ? {} : { of: cause.of }
  return { kind, identifier, serverToken: null, condition: 'left-out', reason, since: known.wantedSince, evidence }
}

/** No longer wanted, and not yet known to be gone: only a report after a manifest without it can say so. */
function removing(known: Known): readonly Condition[] {
  const keep = new Set([...known.wanted, ...known.leftOut].map(nameOf))
  const pending = new Map<string, Condition>()
  const add = ({ kind, identifier }: Named, reason: Reason, evidence: Evidence): void => {
    const name = nameOf({ kind, identifier })
    if (keep.has(name) || pending.has(name)) return
    const base = { kind, identifier, serverToken: null, since: known.wantedSince, evidence }
    pending.set(name, { ...base, condition: 'removing', reason })
  }
  const reportedSince = known.collected === null || (known.reportedAt ?? 0) >= known.collected.at
  for (const item of known.collected?.items ?? []) add(item, NOT_COLLECTED_WITHOUT, held(item))
  for (const state of known.reported) add(state, reportedSince ? STILL_REPORTED : NO_REPORT_SINCE, stateOf(state))
  if (!reportedSince) for (const item of known.previous) add(item, NO_REPORT_SINCE, held(item))
  return [...pending.values()]
}

const NOT_COLLECTED_WITHOUT: Reason = {
  code: 'not-collected-without',
  message: 'the device has not collected the manifest without it',
}
const NO_REPORT_SINCE: Reason = { code: 'no-report-since', message: 'no report has come since the manifest without it' }
const STILL_REPORTED: Reason = { code: 'still-reported', message: 'the device still reports it' }

interface Named {
  readonly kind: DeclarationKind
  readonly identifier: string
}

function held({ serverToken }: Item): Evidence {
  return { serverToken }
}

function stateOf({ active, valid, reasons, 'server-token': serverToken }: ReportedState): Evidence {
  return { active, valid, reasons, serverToken }
}

function nameOf(item: Named): string {
  return `${item.kind}/${item.identifier}`
}
