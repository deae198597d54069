import { declarationPayload, declarationTypes, type ValueFacts } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'
import type { Draft } from '../draft.ts'
import { escapePointer } from '../references.ts'
import { alternativeOf } from './alternative-of.ts'
import { keyAvailability } from './key-availability.ts'
import { declared } from './notation.ts'
import type { PayloadPlace } from './payload-place.ts'

/** As deep as JSON is read at all. */
const DEEPEST = 64

/**
 * Shows every value of a payload that Apple's schema describes, beside what it says: outer ones first, in the order in which
 * they stand. A value of the wrong type is shown, what is inside it is not. The tables may be cyclic, the value is not, and
 * its depth is bounded. Nothing is shown of a type that the schema does not know.
 */
export function walkPayload(draft: Draft, visit: (place: PayloadPlace) => void): void {
  const facts = declarationPayload(draft.type)
  const availability = declarationTypes.get(draft.type)?.availability
  if (facts === undefined || availability === undefined) return
  const top = {
    value: draft.payload,
    facts,
    notation: declared,
    at: '/Payload',
    name: 'Payload',
    path: [],
    availability,
  }
  walkValue({ ...top, around: availability }, visit)
}

/** The same from any value on. */
export function walkValue(place: PayloadPlace, visit: (place: PayloadPlace) => void): void {
  visit(place)
  const { value, facts, notation, path } = place
  if (path.length >= DEEPEST || !notation.hasType(value, facts.type)) return
  if (facts.type === 'array') {
    if (!isList(value)) return
    for (const [index, element] of value.entries()) {
      const item = facts.item ?? alternativeOf(element, facts)
      if (item !== undefined) walkValue(inside(place, String(index), '*', element, item), visit)
    }
  } else if (isJsonObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const known = factsOf(facts, key)
      if (known !== undefined) walkValue(inside(place, key, known.step, inner, known.facts), visit)
    }
  }
}

function inside(place: PayloadPlace, key: string, step: string, value: Json, facts: ValueFacts): PayloadPlace {
  return {
    value,
    facts,
    notation: place.notation,
    at: `${place.at}/${escapePointer(key)}`,
    name: step === '*' ? `${place.name} ${key}` : key,
    path: [...place.path, step],
    availability: keyAvailability(place.availability, facts.availability),
    around: place.availability,
  }
}

function factsOf({ keys = {}, others }: ValueFacts, key: string): { facts: ValueFacts; step: string } | undefined {
  const facts = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (facts !== undefined) return { facts, step: key }
  return others === undefined ? undefined : { facts: others, step: '*' }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
