import type { ValueFacts } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'
import { refusal } from '../../problem.ts'
import { expectedValue } from '../payload/expected-value.ts'
import type { Notation } from '../payload/notation.ts'
import type { PayloadRule } from '../payload/payload-place.ts'
import { shown } from '../payload/shown.ts'

/**
 * A value has the type of its key; a device reports Error.InvalidPayload or leaves the value out.
 *
 * @see apple:docs/schema.yaml (type)
 */
export const payloadType: PayloadRule = ({ value, facts, notation, at, name }) => {
  if (notation.hasType(value, facts.type)) return []
  const expected = expectedValue(facts, notation)
  const remedy = remedyFor(value, facts, notation)
  return [
    refusal('payload-type', `Cannot use ${shown(value)} for ${name}: it has to be ${expected}`, {
      at,
      found: value,
      expected,
      ...(remedy === undefined ? {} : { remedy }),
    }),
  ]
}

function remedyFor(value: Json, facts: ValueFacts, { hasType }: Notation): string | undefined {
  const { type } = facts
  if (value === null) return 'leave the key out: there is no null in a declaration'
  if (type === 'data' && typeof value === 'string') return 'write {"$data": "…"} with the octets in Base64'
  if (typeof value === 'string' && type !== 'array' && type !== 'dictionary') {
    const bare = inner(value)
    return bare !== undefined && hasType(bare, type) ? `write ${value.trim()} without quotes` : undefined
  }
  if (type === 'string' && !isJsonObject(value) && !Array.isArray(value)) return `write "${value}" in quotes`
  if (type === 'array' && facts.item !== undefined && hasType(value, facts.item.type)) return 'put it into [ ]'
  if (type === 'boolean' && (value === 0 || value === 1)) return `write ${value === 1}`
  if (type === 'integer' && typeof value === 'number') return `write ${Math.round(value)}`
  return undefined
}

function inner(text: string): Json | undefined {
  const bare = text.trim()
  if (bare === 'true' || bare === 'false') return bare === 'true'
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(bare) ? Number(bare) : undefined
}
