import type { Offsets } from './json-places.ts'
import { child } from './pointer.ts'

const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g

interface Frame {
  readonly at: string
  readonly array: boolean
  step: string | number
  key: number
}

/** The offsets of every value in an XML property list that is known to be valid, by JSON pointer. */
export function plistPlaces(text: string): ReadonlyMap<string, Offsets> {
  const places = new Map<string, Offsets>()
  const frames: Frame[] = []
  for (const { index, 1: end, 2: name, 3: empty } of text.matchAll(token)) {
    if (name === undefined || name === 'plist') continue
    const container = name === 'dict' || name === 'array'
    const frame = frames.at(-1)
    if (end === '/') {
      if (container) frames.pop()
    } else if (name === 'key') {
      if (frame === undefined) continue
      frame.step = empty === '/' ? '' : keyAfter(text, index)
      frame.key = index
    } else {
      const at = frame === undefined ? '' : child(frame.at, frame.step)
      places.set(at, frame === undefined || frame.array ? { value: index } : { value: index, key: frame.key })
      if (frame?.array === true && typeof frame.step === 'number') frame.step += 1
      if (container && empty !== '/') frames.push({ at, array: name === 'array', step: 0, key: index })
    }
  }
  return places
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function keyAfter(text: string, start: number): string {
  const from = text.indexOf('>', start) + 1
  const raw = text.slice(from, text.indexOf('</', from))
  return raw.replace(/&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name = '') => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return hex === undefined ? (entities[String(name)] ?? whole) : String.fromCodePoint(Number.parseInt(hex, 16))
  })
}
