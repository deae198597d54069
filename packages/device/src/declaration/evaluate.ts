import type { Outcome } from '@edict/predicate'
import type { StatusReason } from '@edict/protocol'
import { textAt, valueAt } from '../json-object.ts'
import { assetReferences } from './asset-references.ts'
import { type Held, heldKey } from './held.ts'
import { reasons } from './reasons.ts'

export interface ActivationResult {
  readonly active: boolean
  readonly valid: 'valid' | 'invalid'
  readonly reasons: readonly StatusReason[]
  readonly predicate: { readonly source: string; readonly outcome: Outcome } | null
}

/** What is in force, and why the rest is not. */
export interface Evaluation {
  readonly activations: ReadonlyMap<string, ActivationResult>
  /** Identifiers of configurations that an active activation lists. */
  readonly configurations: ReadonlySet<string>
  /** Identifiers of assets that an active configuration names. */
  readonly assets: ReadonlySet<string>
}

export const nothingInForce: Evaluation = { activations: new Map(), configurations: new Set(), assets: new Set() }

export interface Ground {
  readonly held: ReadonlyMap<string, Held>
  readonly previous: Evaluation
  readonly reasonListsAsText: boolean
  /** The outcome of a predicate while `provisional` is in force. */
  outcome(source: string, provisional: Evaluation): Outcome
}

// What a predicate reads may depend on what is in force: go on until it no longer changes, but do not oscillate for ever.
const mostRounds = 8

/**
 * Decides which activations are active. One is not when its predicate is false or fails, or when a configuration it
 * lists, or an asset that one names, is not loaded. What has no predicate comes first, so that a predicate never sees the
 * device as it was before, say, the passcode policy of the same synchronization.
 */
export function evaluate(ground: Ground): Evaluation {
  const activations = [...ground.held.values()].filter(({ kind }) => kind === 'activation')
  const obstacles = new Map(activations.map((held) => [held.identifier, obstacle(held, ground)]))
  const sound = activations.filter(({ identifier }) => obstacles.get(identifier) === undefined)
  const start = sound.filter(
    (held) => predicateOf(held) === undefined || ground.previous.activations.get(held.identifier)?.active === true,
  )
  const assumed = new Map(
    start.map((held) => [held.identifier, { active: true, valid: 'valid', reasons: [], predicate: null } as const]),
  )
  let evaluation = inForce(ground.held, assumed)
  for (let round = 0; round < mostRounds; round++) {
    const provisional = evaluation
    const results = activations.map(
      (held) => [held.identifier, obstacles.get(held.identifier) ?? judge(held, ground, provisional)] as const,
    )
    evaluation = inForce(ground.held, new Map(results))
    if (sameActivations(provisional, evaluation)) break
  }
  return evaluation
}

/** Why an activation cannot be active whatever its predicate says, or undefined. */
function obstacle(held: Held, { held: all, reasonListsAsText }: Ground): ActivationResult | undefined {
  const off = (valid: 'valid' | 'invalid', why: readonly StatusReason[]): ActivationResult => ({
    active: false,
    valid,
    reasons: why,
    predicate: null,
  })
  if (!held.load.loaded || !held.load.fits) return off('invalid', held.load.reasons)
  const listed = listedConfigurations(held)
  const missing = listed.filter((identifier) => all.get(heldKey('configuration', identifier))?.load.loaded !== true)
  if (missing.length > 0) return off('valid', [reasons.missingConfigurations(held, missing, reasonListsAsText)])
  for (const identifier of listed) {
    const configuration = all.get(heldKey('configuration', identifier))
    const absent = configuration === undefined ? [] : missingAssets(configuration, all)
    if (configuration !== undefined && absent.length > 0) {
      return off('valid', [reasons.missingAssets(configuration, absent, reasonListsAsText)])
    }
  }
  return undefined
}

function judge(held: Held, ground: Ground, provisional: Evaluation): ActivationResult {
  const source = predicateOf(held)
  if (source === undefined) return { active: true, valid: 'valid', reasons: held.load.reasons, predicate: null }
  const outcome = ground.outcome(source, provisional)
  const predicate = { source, outcome }
  if (outcome.kind === 'true') return { active: true, valid: 'valid', reasons: held.load.reasons, predicate }
  const why = [predicateReason(held, source, outcome), ...held.load.reasons]
  const unparsable = outcome.kind === 'error' && outcome.stage === 'parse'
  return { active: false, valid: unparsable ? 'invalid' : 'valid', reasons: why, predicate }
}

function predicateReason(held: Held, source: string, outcome: Outcome): StatusReason {
  if (outcome.kind !== 'error') return reasons.predicateFalse(held, source)
  const custom = outcome.code === 'function-refused'
  return custom || outcome.stage === 'parse'
    ? reasons.unableToParsePredicate(held, source, custom)
    : reasons.unableToEvaluatePredicate(held, source)
}

function inForce(held: ReadonlyMap<string, Held>, activations: ReadonlyMap<string, ActivationResult>): Evaluation {
  const configurations = new Set<string>()
  for (const [identifier, { active }] of activations) {
    const activation = held.get(heldKey('activation', identifier))
    if (active && activation !== undefined)
      for (const listed of listedConfigurations(activation)) configurations.add(listed)
  }
  const assets = new Set<string>()
  for (const identifier of configurations) {
    const declaration = held.get(heldKey('configuration', identifier))?.declaration
    if (declaration != null) for (const asset of assetReferences(declaration)) assets.add(asset)
  }
  return { activations, configurations, assets }
}

function sameActivations(one: Evaluation, other: Evaluation): boolean {
  return [...other.activations].every(([identifier, { active }]) => {
    return (one.activations.get(identifier)?.active ?? false) === active
  })
}

export function listedConfigurations({ declaration }: Held): readonly string[] {
  const listed = declaration === null ? undefined : valueAt(declaration.Payload, 'StandardConfigurations')
  return Array.isArray(listed) ? listed.filter((identifier) => typeof identifier === 'string') : []
}

function predicateOf({ declaration }: Held): string | undefined {
  return declaration === null ? undefined : textAt(declaration.Payload, 'Predicate')
}

function missingAssets({ declaration }: Held, all: ReadonlyMap<string, Held>): readonly string[] {
  const named = declaration === null ? [] : assetReferences(declaration)
  return named.filter((identifier) => all.get(heldKey('asset', identifier))?.load.loaded !== true)
}
