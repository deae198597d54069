import type { DeclarationKind, Json, JsonObject, StatusReason } from '@edict/protocol'
import { assetReferences } from './asset-references.ts'
import { type Evaluation, listedConfigurations } from './evaluate.ts'
import { type Held, heldKey } from './held.ts'
import { reasons } from './reasons.ts'

/** How far the device is with applying a configuration, or with having the data of an asset. */
export interface Progress {
  readonly phase: 'working' | 'done' | 'failed'
  readonly reasons: readonly StatusReason[]
}

export interface DeclarationState {
  readonly identifier: string
  readonly 'server-token': string
  readonly active: boolean
  readonly valid: 'unknown' | 'invalid' | 'valid'
  readonly reasons: readonly StatusReason[]
}

export type DeclarationStates = Readonly<Record<DeclarationKind, readonly DeclarationState[]>>

export interface Known {
  readonly held: ReadonlyMap<string, Held>
  readonly evaluation: Evaluation
  /** Of active configurations, by identifier. */
  readonly applied: ReadonlyMap<string, Progress>
  /** Of assets whose data was wanted, by identifier. */
  readonly assets: ReadonlyMap<string, Progress>
}

/** What the device says about each declaration it holds, sorted by identifier. */
export function declarationStates(known: Known): DeclarationStates {
  const states: Record<DeclarationKind, DeclarationState[]> = {
    activation: [],
    asset: [],
    configuration: [],
    management: [],
  }
  for (const held of known.held.values()) states[held.kind].push(stateOf(held, known))
  for (const list of Object.values(states)) list.sort((a, b) => (a.identifier < b.identifier ? -1 : 1))
  return states
}

/** The status item `management.declarations`: always all four arrays. */
export function declarationsItem(states: DeclarationStates): JsonObject {
  return {
    activations: states.activation.map(entry),
    configurations: states.configuration.map(entry),
    assets: states.asset.map(entry),
    management: states.management.map(entry),
  }
}

function entry({ reasons: why, active, identifier, valid, 'server-token': token }: DeclarationState): Json {
  const state = { active, identifier, valid, 'server-token': token }
  return why.length === 0 ? state : { reasons: why.map((reason) => ({ ...reason })), ...state }
}

function stateOf(held: Held, known: Known): DeclarationState {
  const base = { identifier: held.identifier, 'server-token': held.serverToken }
  switch (held.kind) {
    case 'activation': {
      const result = known.evaluation.activations.get(held.identifier)
      return {
        ...base,
        active: result?.active ?? false,
        valid: result?.valid ?? 'unknown',
        reasons: result?.reasons ?? [],
      }
    }
    case 'configuration':
      return { ...base, ...configurationState(held, known) }
    case 'asset':
      return { ...base, ...assetState(held, known) }
    case 'management':
      return { ...base, active: false, valid: usable(held) ? 'valid' : 'invalid', reasons: held.load.reasons }
  }
}

type Rest = Pick<DeclarationState, 'active' | 'valid' | 'reasons'>

function configurationState(held: Held, known: Known): Rest {
  const active = known.evaluation.configurations.has(held.identifier) && held.load.loaded
  if (!usable(held)) return { active, valid: 'invalid', reasons: held.load.reasons }
  if (!active)
    return { active, valid: 'unknown', reasons: [...whyConfigurationIsOff(held, known), ...held.load.reasons] }
  return { active, ...validity(known.applied.get(held.identifier), held) }
}

function assetState(held: Held, known: Known): Rest {
  const active = known.evaluation.assets.has(held.identifier) && held.load.loaded
  if (!usable(held)) return { active, valid: 'invalid', reasons: held.load.reasons }
  if (active) return { active, ...validity(known.assets.get(held.identifier), held) }
  return { active, valid: 'unknown', reasons: [...whyAssetIsOff(held, known), ...held.load.reasons] }
}

function usable({ load }: Held): boolean {
  return load.loaded && load.fits
}

function validity(progress: Progress | undefined, held: Held): Pick<Rest, 'valid' | 'reasons'> {
  const why = [...(progress?.reasons ?? []), ...held.load.reasons]
  switch (progress?.phase) {
    case 'done':
      return { valid: 'valid', reasons: why }
    case 'failed':
      return { valid: 'invalid', reasons: why }
    default:
      return { valid: 'unknown', reasons: why }
  }
}

function whyConfigurationIsOff(held: Held, { held: all, evaluation }: Known): readonly StatusReason[] {
  const activations = [...all.values()].filter(
    (other) => other.kind === 'activation' && listedConfigurations(other).includes(held.identifier),
  )
  if (activations.length === 0) return [reasons.notReferencedByActivation(held)]
  return activations.map((activation) => {
    const [why] = evaluation.activations.get(activation.identifier)?.reasons ?? []
    return why?.code === 'Info.Predicate' ? why : reasons.activationFailed(activation)
  })
}

function whyAssetIsOff(held: Held, known: Known): readonly StatusReason[] {
  const configurations = [...known.held.values()].filter(
    ({ kind, declaration }) =>
      kind === 'configuration' && declaration !== null && assetReferences(declaration).includes(held.identifier),
  )
  const [configuration] = configurations
  if (configuration === undefined) return [reasons.notReferencedByConfiguration(held)]
  if (known.held.get(heldKey('configuration', configuration.identifier))?.load.loaded !== true) {
    return [reasons.configurationFailed(configuration)]
  }
  return whyConfigurationIsOff(configuration, known)
}
