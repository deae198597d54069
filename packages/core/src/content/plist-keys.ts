import { isPlistDict, type PlistDict, type PlistValue } from '@edict/protocol'
import { type KeyedReference, type KeyFor, keyedIn, keyedUrl, readKeyVariable, secretsIn } from './content-key.ts'

/** A property list whose URLs of hosted content have variables for their keys, made with this secret. */
export function withPlistKeys(value: PlistValue, base: string, secret: number): PlistValue {
  return withTexts(value, (text) => keyedUrl(text, base, secret) ?? text)
}

/** The secrets that the keys in a property list are to be made with, each once. */
export function plistSecrets(value: PlistValue): readonly number[] {
  const found = new Set<number>()
  withTexts(value, (text) => {
    for (const secret of secretsIn(text)) found.add(secret)
    return text
  })
  return [...found]
}

/** What the hosted URLs in a property list lead to that have keys, or variables in their place. */
export function keyedInPlist(value: PlistValue): readonly KeyedReference[] {
  const found: KeyedReference[] = []
  withTexts(value, (text) => {
    found.push(...keyedIn(text))
    return text
  })
  return found
}

/** A property list with the keys of an enrollment in place of their variables. */
export function withKeysFor<Value extends PlistValue>(value: Value, enrollment: string, keyFor: KeyFor): Value {
  const filled = (text: string) =>
    text.replace(VARIABLE, (whole, name: string) => {
      const variable = readKeyVariable(name)
      return variable === undefined ? whole : keyFor(variable, enrollment)
    })
  return withTexts(value, filled) as Value
}

const VARIABLE = /\$\{(content\.[0-9]+\.[0-9a-f]+)\}/g

function withTexts(value: PlistValue, change: (text: string) => string): PlistValue {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one: PlistValue) => withTexts(one, change))
  if (!isPlistDict(value)) return value
  const entries = Object.entries(value).map(([key, one]) => [key, withTexts(one, change)] as const)
  return Object.fromEntries(entries) as PlistDict
}
