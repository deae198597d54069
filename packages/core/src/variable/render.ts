import type { ValueType } from '@edict/catalogue'
import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'
import { walkPayload } from '../declaration/payload/walk-payload.ts'
import { escapePointer } from '../declaration/references.ts'
import { payloadFormat } from '../declaration/rules/payload-format.ts'
import { payloadRange } from '../declaration/rules/payload-range.ts'
import { payloadType } from '../declaration/rules/payload-type.ts'
import { isTemplateText, onlyVariable, textParts } from './variable.ts'

/** What a variable stands for, or why it stands for nothing. */
export type Value = { readonly value: string | number | boolean } | { readonly missing: string }

/** Finds what a variable stands for, by its name; undefined for one that there is not. */
export type FindValue = (name: string) => Value | undefined

/** A payload as it is sent, or why it cannot be. */
export type RenderedPayload = { readonly payload: JsonObject } | { readonly missing: string }

/** Characters that one text, and all texts with variables together, may come to. */
const MOST = { text: 65_536, payload: 1_048_576 }

/**
 * A payload with values in place of variables. A text that is one variable becomes its value, of the type that it has, unless the schema
 * wants text there; inside a longer text a value is text. A variable that there is not stays as it was written. What is made is checked
 * against the schema, where something was made and nowhere else.
 */
export function renderPayload(type: string, written: JsonObject, find: FindValue): RenderedPayload {
  const rendering = new Rendering(typesIn(type, written), find)
  const payload = rendering.value(written, '/Payload') as JsonObject
  const missing = rendering.missing ?? flawOf(type, payload, rendering.made)
  return missing === undefined ? { payload } : { missing }
}

class Rendering {
  /** Where something was made, as JSON pointers, with the text that was written there. */
  readonly made = new Map<string, string>()
  /** The first reason for which it cannot be. */
  missing: string | undefined
  readonly #types: ReadonlyMap<string, ValueType>
  readonly #find: FindValue
  #length = 0

  constructor(types: ReadonlyMap<string, ValueType>, find: FindValue) {
    this.#types = types
    this.#find = find
  }

  value(value: Json, at: string): Json {
    if (typeof value === 'string') return isTemplateText(value) ? this.#text(value, at) : value
    if (Array.isArray(value)) return value.map((one, index) => this.value(one, `${at}/${index}`))
    if (!isJsonObject(value)) return value
    const entries = Object.entries(value).map(([key, one]) => [key, this.value(one, `${at}/${escapePointer(key)}`)])
    return Object.fromEntries(entries) as JsonObject
  }

  #text(text: string, at: string): Json {
    this.made.set(at, text)
    const only = onlyVariable(text)
    const whole = only === undefined ? undefined : this.#valueOf(only.name)
    if (whole !== undefined && typeof whole !== 'string' && this.#types.get(at) !== 'string') return whole
    const made = textParts(text)
      .map((part) => (typeof part === 'string' ? part : String(this.#valueOf(part.name) ?? part.written)))
      .join('')
    this.#length += made.length
    if (made.length > MOST.text || this.#length > MOST.payload) this.missing ??= `what it makes at ${at} is too long`
    return this.missing === undefined ? made : ''
  }

  #valueOf(name: string): string | number | boolean | undefined {
    const found = this.#find(name)
    if (found === undefined) return undefined
    if ('value' in found) return found.value
    this.missing ??= `\${${name}} stands for nothing: ${found.missing}`
    return ''
  }
}

/** What the schema wants where there is text with variables, by JSON pointer. */
function typesIn(type: string, payload: JsonObject): ReadonlyMap<string, ValueType> {
  const types = new Map<string, ValueType>()
  walkPayload({ identifier: '', type, payload, extra: {} }, ({ value, at, facts }) => {
    if (typeof value === 'string' && isTemplateText(value)) types.set(at, facts.type)
  })
  return types
}

function flawOf(type: string, payload: JsonObject, made: ReadonlyMap<string, string>): string | undefined {
  let flaw: string | undefined
  const draft = { identifier: '', type, payload, extra: {} }
  walkPayload(draft, (place) => {
    const written = made.get(place.at)
    if (written === undefined || flaw !== undefined) return
    const [problem] = [payloadType, payloadRange, payloadFormat].flatMap((rule) => rule(place, { draft }))
    if (problem !== undefined) flaw = `${written} makes what cannot be sent: ${lowered(problem.message)}`
  })
  return flaw
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
