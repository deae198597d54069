import { isJsonObject, type Json } from '@edict/protocol'

const LONGEST = 80

/** A value as it is shown in a sentence or as evidence: short ones as they are, others cut. */
export function shown(value: Json): string {
  if (isJsonObject(value)) return 'a dictionary'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  const text = JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
