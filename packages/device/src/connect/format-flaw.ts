import { commandPayload, type ValueFacts, type ValueType } from '@edict/catalogue'
import { type Command, isPlistDict, PlistReal, type PlistValue } from '@edict/protocol'

const tests: { readonly [Type in ValueType]: (value: PlistValue) => boolean } = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value) || typeof value === 'bigint',
  number: (value) => typeof value === 'number' || typeof value === 'bigint' || value instanceof PlistReal,
  date: (value) => value instanceof Date,
  data: (value) => value instanceof Uint8Array,
  array: (value) => Array.isArray(value),
  dictionary: isPlistDict,
  any: () => true,
}

// What devices make do without although the schema asks for it.
const forgiven: ReadonlySet<string> = new Set(['DeviceInformation.Queries', 'InstallProfile.Payload'])

const DEEPEST = 32

/** What is wrong with the form of a command: a key of another type than the schema's, or a required one that is missing. */
export function formatFlaw({ RequestType, ...keys }: Command['Command']): string | null {
  const facts = commandPayload(RequestType)
  return facts === undefined ? null : flawIn(keys, facts, RequestType, 0)
}

function flawIn(value: PlistValue, facts: ValueFacts, at: string, depth: number): string | null {
  if (!tests[facts.type](value)) return `${at} is not of type ${facts.type}`
  if (depth === DEEPEST) return null
  if (Array.isArray(value)) {
    const { item } = facts
    if (item === undefined) return null
    return firstOf(value.map((one, index) => () => flawIn(one, item, `${at}.${index}`, depth + 1)))
  }
  if (!isPlistDict(value)) return null
  const known = Object.entries(facts.keys ?? {})
  return firstOf(
    known.map(([key, inner]) => () => {
      const path = `${at}.${key}`
      const here = Object.hasOwn(value, key) ? value[key] : undefined
      if (here !== undefined) return flawIn(here, inner, path, depth + 1)
      return depth === 0 && inner.presence === 'required' && !forgiven.has(path) ? `${path} is missing` : null
    }),
  )
}

function firstOf(looks: readonly (() => string | null)[]): string | null {
  for (const look of looks) {
    const found = look()
    if (found !== null) return found
  }
  return null
}
