import { declarationTypes } from '@edict/catalogue'
import { type Declaration, isJsonObject, type Json } from '@edict/protocol'
import { valueAt } from '../json-object.ts'

/** Identifiers of the assets that a configuration names, each once. */
export function assetReferences({ Type, Payload }: Declaration): readonly string[] {
  const found = new Set<string>()
  for (const { path } of declarationTypes.get(Type)?.assets ?? []) {
    for (const value of valuesAt(Payload, path)) if (typeof value === 'string') found.add(value)
  }
  return [...found]
}

function valuesAt(value: Json, [step, ...rest]: readonly string[]): readonly Json[] {
  if (step === undefined) return Array.isArray(value) ? value : [value]
  if (step === '*') {
    const elements = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : []
    return elements.flatMap((element) => valuesAt(element, rest))
  }
  const below = isJsonObject(value) ? valueAt(value, step) : undefined
  return below === undefined ? [] : valuesAt(below, rest)
}
