import { statusItems } from '@edict/catalogue'
import { type JsonMessage, topOf } from './message.ts'
import { ownKey } from './own-key.ts'
import { child } from './pointer.ts'
import { type Dictionary, isDictionary, type Value } from './walk-shape.ts'

/** A value in StatusItems under its dotted name. */
export interface StatusItemPlace {
  readonly name: string
  readonly at: string
  readonly value: Value
  readonly known: boolean
}

/** The status items of a report: nested dictionaries down to a known item, or to where no known item can follow. */
export function statusItemsIn(message: JsonMessage): readonly StatusItemPlace[] {
  const items = ownKey(topOf(message), 'StatusItems')
  return isDictionary(items) ? inside(items, '', '/StatusItems') : []
}

function inside(value: Dictionary, prefix: string, at: string): readonly StatusItemPlace[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = `${prefix}${key}`
    const place = { name, at: child(at, key), value: inner }
    if (statusItems.has(name)) return [{ ...place, known: true }]
    if (isDictionary(inner) && leads(name)) return inside(inner, `${name}.`, place.at)
    return [{ ...place, known: false }]
  })
}

function leads(name: string): boolean {
  const prefix = `${name}.`
  for (const known of statusItems.keys()) if (known.startsWith(prefix)) return true
  return false
}
