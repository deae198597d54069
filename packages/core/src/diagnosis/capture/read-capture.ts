import type { ReadCapture } from './captured.ts'
import { readHar } from './read-har.ts'
import { readJsonLines } from './read-json-lines.ts'

/** Reads what somebody recorded, by any tool: an HTTP Archive, or JSON lines. Told by the content. */
export function readCapture(text: string): ReadCapture {
  const har = asHar(text)
  return har === undefined ? readJsonLines(text) : readHar(har)
}

function asHar(text: string): { readonly log: unknown } | undefined {
  if (!/^\s*\{\s*"log"\s*:/.test(text)) return undefined
  try {
    return JSON.parse(text) as { readonly log: unknown }
  } catch {
    return undefined
  }
}
