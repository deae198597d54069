import { isJsonObject, type Json } from '@edict/protocol'
import {
  ACTIVATION_TYPE,
  type DeclarationVersion,
  PROPERTIES_TYPE,
  payloadOf,
  SUBSCRIPTION_TYPE,
} from '../declaration/declaration.ts'
import { escapePointer } from '../declaration/references.ts'
import { isKnownVariable, propertyOf } from './known-variables.ts'
import { isTemplateText, textParts, type Variable } from './variable.ts'

/** What in a declaration depends on the enrollment that is sent it. */
export interface Dependence {
  /** Whether what is sent is made for each enrollment. */
  readonly isTemplate: boolean
  /** Whether it is made from more than the properties of the enrollment. */
  readonly ofParticulars: boolean
}

const NONE: Dependence = { isTemplate: false, ofParticulars: false }

/**
 * Whether declarations of a type may have variables. Those that say what a device is to do with others may not: predicates read properties
 * by themselves, and references are to be the same for all.
 */
export function mayHaveVariables(type: string): boolean {
  return type !== ACTIVATION_TYPE && type !== PROPERTIES_TYPE && type !== SUBSCRIPTION_TYPE
}

/** Whether what a device is sent depends on the values of its enrollment, and on which. */
export function dependenceOf(version: Pick<DeclarationVersion, 'type' | 'payload'>): Dependence {
  if (version.type === PROPERTIES_TYPE) return { isTemplate: true, ofParticulars: false }
  // What is not there is not looked for: most declarations are no templates.
  if (!version.payload.includes('$') || !mayHaveVariables(version.type)) return NONE
  const texts = textsIn(payloadOf(version)).filter(({ text }) => isTemplateText(text))
  const names = texts.flatMap(({ text }) => namesIn(text)).filter(isKnownVariable)
  return {
    isTemplate: names.length > 0 || texts.some(({ text }) => text.includes('${$}')),
    ofParticulars: names.some((name) => propertyOf(name) === undefined),
  }
}

/** The names of the properties that variables of a payload stand for, each once. */
export function propertiesIn(version: Pick<DeclarationVersion, 'payload'>): readonly string[] {
  if (!version.payload.includes('property.')) return []
  const names = textsIn(payloadOf(version)).flatMap(({ text }) => namesIn(text))
  return [...new Set(names.flatMap((name) => propertyOf(name) ?? []))]
}

/** The variables in a text. */
export function variablesIn(text: string): readonly Variable[] {
  return textParts(text).filter((part) => typeof part !== 'string')
}

function namesIn(text: string): readonly string[] {
  return variablesIn(text).map(({ name }) => name)
}

/** Every text of a payload with its JSON pointer; a key of an object has that of what is under it. */
export function textsIn(
  payload: Json,
): readonly { readonly text: string; readonly at: string; readonly isKey: boolean }[] {
  const texts: { text: string; at: string; isKey: boolean }[] = []
  const look = (value: Json, at: string): void => {
    if (typeof value === 'string') texts.push({ text: value, at, isKey: false })
    else if (Array.isArray(value)) for (const [index, one] of value.entries()) look(one, `${at}/${index}`)
    else if (isJsonObject(value))
      for (const [key, one] of Object.entries(value)) {
        const place = `${at}/${escapePointer(key)}`
        texts.push({ text: key, at: place, isKey: true })
        look(one, place)
      }
  }
  look(payload, '/Payload')
  return texts
}
