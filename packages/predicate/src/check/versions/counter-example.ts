import { compareParts, versionParts } from './version.ts'

export type Ordering = '<' | '>' | '<=' | '>='

/** A version that the text order puts on the wrong side of the bound, and which way. */
export interface CounterExample {
  readonly version: string
  readonly asText: boolean
  readonly asNumbers: boolean
}

/** The likeliest one: more than nine updates of the same release, then releases with fewer or more digits. */
export function counterExample(operator: Ordering, bound: string): CounterExample | undefined {
  const parts = versionParts(bound)
  if (!parts) return undefined
  for (const version of candidates(parts)) {
    const asText = holds(operator, version < bound ? -1 : version > bound ? 1 : 0)
    const asNumbers = holds(operator, compareParts(versionParts(version) ?? [], parts))
    if (asText !== asNumbers) return { version, asText, asNumbers }
  }
  return undefined
}

function candidates(parts: readonly number[]): readonly string[] {
  const [major = 0, minor = 0] = parts
  const nested = parts.length > 2 ? [`${major}.${minor}.10`, `${major}.${minor}.9`] : []
  return [...nested, `${major}.10`, `${major}.9`, '9.3.6', '9.0', '10.0', '100.0', '8.1', '1.0']
}

function holds(operator: Ordering, order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0
    case '>':
      return order > 0
    case '<=':
      return order <= 0
    case '>=':
      return order >= 0
  }
}
