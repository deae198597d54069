import type { Json, JsonObject } from '@edict/protocol'
import { setOwn } from '../json-object.ts'
import { seededFraction } from '../seeded.ts'
import type { Switches } from '../switches.ts'
import type { Held } from './held.ts'
import { isA } from './is-a.ts'

/**
 * The properties in force: those of all `management.properties` declarations. Which value counts where a key is declared
 * more than once is arbitrary by Apple's word; here it follows from the seed.
 */
export function propertiesOf(held: Iterable<Held>, seed: string, winner: Switches['duplicateProperty']): JsonObject {
  const candidates = new Map<string, Json[]>()
  const declared = [...held]
    .filter(({ declaration, load }) => isA(declaration, 'com.apple.management.properties') && load.loaded && load.fits)
    .sort((a, b) => (a.identifier < b.identifier ? -1 : 1))
  for (const { declaration } of declared) {
    for (const [key, value] of Object.entries(declaration?.Payload ?? {})) {
      candidates.set(key, [...(candidates.get(key) ?? []), value])
    }
  }
  const properties: Record<string, Json> = {}
  for (const [key, values] of candidates) {
    const chosen = values[chooser(winner, seed, key, values.length)]
    if (chosen !== undefined) setOwn(properties, key, chosen)
  }
  return properties
}

function chooser(winner: Switches['duplicateProperty'], seed: string, key: string, count: number): number {
  if (winner === 'first' || count === 1) return 0
  return winner === 'last' ? count - 1 : Math.floor(seededFraction(seed, 'property', key) * count)
}
