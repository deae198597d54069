import { child } from './pointer.ts'
import { scanJson } from './scan-json.ts'

/** Offsets of what a JSON pointer points to: of the value, and of the key that it stands under. */
export interface Offsets {
  readonly value: number
  readonly key?: number
}

interface Frame {
  readonly at: string
  readonly array: boolean
  step: string | number
  key: number
}

/** The offsets of every value in JSON text, by JSON pointer. Of a key that stands twice the last counts, as it does for devices. */
export function jsonPlaces(text: string): ReadonlyMap<string, Offsets> {
  const places = new Map<string, Offsets>()
  const frames: Frame[] = []
  scanJson(text, {
    value(offset, open) {
      const frame = frames.at(-1)
      const at = frame === undefined ? '' : child(frame.at, frame.step)
      places.set(at, frame === undefined || frame.array ? { value: offset } : { value: offset, key: frame.key })
      if (frame?.array === true && typeof frame.step === 'number') frame.step += 1
      if (open !== undefined) frames.push({ at, array: open === '[', step: 0, key: offset })
    },
    key(offset, literal) {
      const frame = frames.at(-1)
      if (frame === undefined) return
      frame.step = keyOf(literal)
      frame.key = offset
    },
    close() {
      frames.pop()
    },
  })
  return places
}

function keyOf(literal: string): string {
  return literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1)
}
