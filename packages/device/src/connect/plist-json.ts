import { isPlistDict, type Json, type JsonObject, type PlistDict, PlistReal, type PlistValue } from '@edict/protocol'

/** What a command brought, as JSON that can be kept: octets as base64, dates as text. */
export function plistJson(dictionary: PlistDict): JsonObject {
  return Object.fromEntries(Object.entries(dictionary).map(([key, value]) => [key, json(value)]))
}

function json(value: PlistValue): Json {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return value
  if (value instanceof PlistReal) return value.value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.toISOString()
  return isPlistDict(value) ? plistJson(value) : value.map(json)
}
