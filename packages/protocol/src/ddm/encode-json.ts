import type { Json } from './json.ts'

const encoder = new TextEncoder()

export function encodeJson(value: Json): Uint8Array {
  return encoder.encode(JSON.stringify(value))
}
