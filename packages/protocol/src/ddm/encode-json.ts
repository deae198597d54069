import type { Json } from './json.ts'

export function encodeJson(value: Json): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(value)))
}
