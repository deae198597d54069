import { child } from '../pointer.ts'
import { scanJson } from '../scan-json.ts'
import type { WireRule } from '../wire-rule.ts'

/** A key that stands twice in one object: readers differ in which of them they take (RFC 8259, section 4). */
export const jsonKeyTwice: WireRule = {
  code: 'json-key-twice',
  severity: 'warning',
  finds: 'a key that stands twice in the same dictionary',
}

export interface Twice {
  readonly key: string
  readonly at: string
  readonly offset: number
}

/** The second of each two equal keys. */
export function keysTwice(text: string): readonly Twice[] {
  const found: Twice[] = []
  const frames: { readonly seen: Set<string> | undefined; readonly at: string; step: string | number }[] = []
  scanJson(text, {
    value(_offset, open) {
      const frame = frames.at(-1)
      const at = frame === undefined || open === undefined ? '' : child(frame.at, frame.step)
      if (frame !== undefined && typeof frame.step === 'number') frame.step += 1
      if (open !== undefined) {
        frames.push({ seen: open === '{' ? new Set() : undefined, at, step: open === '{' ? '' : 0 })
      }
    },
    key(offset, literal) {
      const frame = frames.at(-1)
      if (frame?.seen === undefined) return
      const key = literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1)
      if (frame.seen.has(key)) found.push({ key, at: child(frame.at, key), offset })
      frame.seen.add(key)
      frame.step = key
    },
    close() {
      frames.pop()
    },
  })
  return found
}
