import type { ValueFacts } from '@edict/catalogue'
import { jsonLines } from './json-lines.ts'

/**
 * A payload table as JSON, in lines. A part that contains itself is written once; where it comes again stands
 * `{"$same": [steps]}`, with the steps from the top of the table to its first place.
 */
export function payloadText(facts: ValueFacts, indent: number): string {
  return jsonLines(withoutCycles(facts), indent)
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
