import type { Json } from '@edict/protocol'
import type { ManagementState } from '../management-state.ts'
import type { InForce } from '../status/in-force.ts'
import type { Evaluation } from './evaluate.ts'
import { type Held, heldKey } from './held.ts'
import { progressOf } from './progress.ts'

type Known = Pick<ManagementState, 'held' | 'assets' | 'profiles' | 'edits'>

const noEdits: ReadonlyMap<string, Json> = new Map()

/** Configurations that are active, understood, and of a type that this channel can have. */
export function activeConfigurations({ held }: Pick<Known, 'held'>, { configurations }: Evaluation): readonly Held[] {
  return [...configurations]
    .map((identifier) => held.get(heldKey('configuration', identifier)))
    .filter((found) => found !== undefined)
    .filter(({ load }) => load.loaded && load.fits)
}

/** Those of them that are applied, too. */
export function configurationsInForce(known: Known, evaluation: Evaluation): readonly InForce[] {
  const { assets, profiles, edits } = known
  const asset: InForce['asset'] = (identifier) => assets.get(identifier)?.content ?? undefined
  return activeConfigurations(known, evaluation).flatMap((held): readonly InForce[] => {
    const { identifier, serverToken, declaration } = held
    if (declaration === null || progressOf(held, assets, profiles).phase !== 'done') return []
    return [{ identifier, serverToken, declaration, asset, edits: edits.get(identifier) ?? noEdits }]
  })
}
