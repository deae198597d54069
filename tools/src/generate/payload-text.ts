import type { ValueFacts } from '@edict/catalogue'

/**
 * A payload table as JSON, in lines. A part that contains itself is written once; where it comes again stands
 * `{"$same": [steps]}`, with the steps from the top of the table to its first place.
 */
export function payloadText(facts: ValueFacts, indent: number): string {
  return lines(withoutCycles(facts), indent)
}

function withoutCycles(facts: ValueFacts): unknown {
  const copy = (value: unknown, above: ReadonlyMap<unknown, readonly string[]>, steps: readonly string[]): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const same = above.get(value)
    if (same !== undefined) return { $same: same }
    if (Array.isArray(value)) return value
    const here = new Map([...above, [value, steps]])
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner, here, [...steps, key])]))
  }
  return copy(facts, new Map(), [])
}

const WIDTH = 120

/** JSON that is broken only where a line would be too long, so that a change shows as a change of few lines. */
function lines(value: unknown, indent: number): string {
  const flat = JSON.stringify(value)
  if (indent + flat.length < WIDTH || typeof value !== 'object' || value === null || Array.isArray(value)) return flat
  const pad = ' '.repeat(indent + 1)
  const members = Object.entries(value).map(
    ([key, inner]) => `${pad}${JSON.stringify(key)}:${lines(inner, indent + 1)}`,
  )
  return `{\n${members.join(',\n')}}`
}
