import { isJsonObject, type Json } from '@edict/protocol'
import { type KeyFor, readKeyVariable } from '../content/content-key.ts'
import { isParticular, particularNames, propertyOf } from './known-variables.ts'
import type { Particulars } from './particulars.ts'
import type { FindValue, Value } from './render.ts'

/**
 * What variables stand for on one enrollment.
 *
 * @param properties those that the device has, its own and those of declarations
 * @param keyFor makes the keys of hosted content
 */
export function valuesFor(particulars: Particulars, properties: ReadonlyMap<string, Json>, keyFor: KeyFor): FindValue {
  return (name) => {
    if (isParticular(name)) {
      const value = particulars[name]
      return value === undefined ? { missing: particularNames[name] } : { value }
    }
    const key = readKeyVariable(name)
    if (key !== undefined) return { value: keyFor(key, particulars['enrollment.id'] ?? '') }
    const property = propertyOf(name)
    return property === undefined ? undefined : propertyValue(property, properties)
  }
}

/** `a.b` is the property `a.b`, or else `b` inside the property `a`, as it is for predicates. */
function propertyValue(name: string, properties: ReadonlyMap<string, Json>): Value {
  const value = lookedUp(name, properties)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return { value }
  if (value === undefined) return { missing: `give this enrollment the property ${name}` }
  const noun = value === null ? 'null' : Array.isArray(value) ? 'an array' : 'a dictionary'
  return { missing: `the property ${name} is ${noun}, and has to be text, a number, true or false` }
}

function lookedUp(name: string, properties: ReadonlyMap<string, Json>): Json | undefined {
  const steps = name.split('.')
  for (let length = steps.length; length > 0; length -= 1) {
    const first = properties.get(steps.slice(0, length).join('.'))
    const found = inside(first, steps.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}

function inside(value: Json | undefined, steps: readonly string[]): Json | undefined {
  const [step, ...rest] = steps
  if (step === undefined || value === undefined) return value
  return isJsonObject(value) && Object.hasOwn(value, step) ? inside(value[step], rest) : undefined
}
