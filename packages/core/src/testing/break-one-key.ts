import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'
import type { Draft } from '../declaration/draft.ts'
import { allowedValues } from '../declaration/payload/expected-value.ts'
import { hasType } from '../declaration/payload/has-type.ts'
import { formatsOf } from '../declaration/payload/known-formats.ts'
import type { PayloadPlace } from '../declaration/payload/payload-place.ts'
import { walkPayload } from '../declaration/payload/walk-payload.ts'
import { escapePointer } from '../declaration/references.ts'

/** A draft with one key broken. */
export interface Broken {
  readonly draft: Draft
  readonly how: string
  /** JSON pointer to the broken key. */
  readonly at: string
}

type Breaking = { readonly how: string; readonly at: string; readonly change: (payload: JsonObject) => JsonObject }

/** Every way in which one key of a draft can be broken so that Apple's schema, and nothing else, says so. */
export function waysToBreak(draft: Draft): readonly (() => Broken)[] {
  const places: PayloadPlace[] = []
  walkPayload(draft, (place) => places.push(place))
  return places
    .filter(({ path }) => path.length > 0)
    .flatMap((place) => breakings(draft, place))
    .map(({ how, at, change }) => () => ({ how, at, draft: { ...draft, payload: change(draft.payload) } }))
}

function breakings(draft: Draft, place: PayloadPlace): readonly Breaking[] {
  const { at, facts, path, value } = place
  const steps = stepsOf(at)
  const key = steps.at(-1) ?? ''
  const named = path.at(-1) !== '*'
  const put = (how: string, wrong: Json): Breaking => ({
    how,
    at,
    change: (payload) => replaced(payload, steps, wrong),
  })
  const rename = (how: string, other: string): Breaking => ({
    how,
    at: `${at.slice(0, at.lastIndexOf('/'))}/${escapePointer(other)}`,
    change: (payload) => renamed(payload, steps, other, value),
  })
  const required = facts.presence === 'required' && facts.availability === undefined
  return [
    ...(named ? [rename('unknown key', `${key}Xyzzy`), rename('other case', otherCase(key))] : []),
    ...(named && required
      ? [{ how: 'missing key', at, change: (payload: JsonObject) => removed(payload, steps) }]
      : []),
    ...[null, true, 'no such value', 0.5, [], {}]
      .filter((wrong) => !hasType(wrong, facts.type))
      .map((wrong) => put('type', wrong)),
    ...outside(place).map((wrong) => put('range', wrong)),
    ...(formatsOf(draft.type, path, facts).length > 0 ? [put('format', '%%')] : []),
    ...(facts.assetTypes !== undefined && typeof value === 'string' ? [put('reference', 'nowhere')] : []),
  ]
}

function outside({ facts }: PayloadPlace): readonly Json[] {
  const { range, type } = facts
  const beyond = [
    ...(range?.min === undefined ? [] : [range.min - 1]),
    ...(range?.max === undefined ? [] : [range.max + 1]),
  ]
  const unlisted = allowedValues(facts) === undefined ? [] : [type === 'string' ? 'no such value' : 987_654]
  return [...beyond, ...unlisted].filter((value) => value !== facts.default)
}

function otherCase(key: string): string {
  const index = key.search(/[A-Za-z]/)
  const letter = key.charAt(index)
  const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()
  return key.slice(0, index) + other + key.slice(index + 1)
}

function stepsOf(at: string): readonly string[] {
  return at
    .split('/')
    .slice(2)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function replaced(payload: JsonObject, steps: readonly string[], value: Json): JsonObject {
  return edited(payload, steps, (holder, key) => Object.assign(holder, { [key]: value }))
}

function removed(payload: JsonObject, steps: readonly string[]): JsonObject {
  return edited(payload, steps, (holder, key) => Reflect.deleteProperty(holder, key))
}

function renamed(payload: JsonObject, steps: readonly string[], other: string, value: Json): JsonObject {
  return edited(payload, steps, (holder, key) => {
    Reflect.deleteProperty(holder, key)
    Object.assign(holder, { [other]: value })
  })
}

/** A copy in which that which holds the last step is changed. */
function edited(
  payload: JsonObject,
  steps: readonly string[],
  change: (holder: object, key: string) => void,
): JsonObject {
  const copy = structuredClone(payload)
  const holder = steps.slice(0, -1).reduce<Json | undefined>((place, step) => inside(place, step), copy)
  if (typeof holder === 'object' && holder !== null) change(holder, steps.at(-1) ?? '')
  return copy
}

function inside(place: Json | undefined, step: string): Json | undefined {
  if (isJsonObject(place)) return place[step]
  return Array.isArray(place) ? place[Number(step)] : undefined
}
