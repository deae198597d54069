import type { CombineType, KeyAvailability, KeyTable, Range, ValueFacts, ValueType } from '@edict/catalogue'
import { Attributes } from './attributes.ts'
import { given } from './given.ts'
import { keyAvailability } from './read-availability.ts'
import { listOf, number, oneOf, scalar, text, textOrNumber } from './read-values.ts'
import { SchemaError, type SchemaPlace } from './schema-error.ts'

const types: Readonly<Record<string, ValueType>> = {
  '<string>': 'string',
  '<boolean>': 'boolean',
  '<integer>': 'integer',
  '<real>': 'number',
  '<date>': 'date',
  '<data>': 'data',
  '<array>': 'array',
  '<dictionary>': 'dictionary',
  '<any>': 'any',
}

const combineType = oneOf<CombineType>(
  'boolean-and',
  'boolean-or',
  'enum-first',
  'enum-last',
  'first',
  'array-append',
  'number-max',
  'number-min',
  'set-intersection',
  'set-union',
)

/** Texts for people, and a label. */
const ignored = ['title', 'content', 'subkeytype'] as const

/** `type` of a key, as in `<string>`. */
export function valueType(value: unknown, at: SchemaPlace): ValueType {
  const type = types[text(value, at)]
  if (type === undefined) throw new SchemaError('word-unknown', at, value, Object.keys(types).join(', '))
  return type
}

/** `payloadkeys` or `responsekeys`: what is directly inside a payload or a message. */
export function dictionaryFacts(value: unknown, at: SchemaPlace): ValueFacts {
  return { type: 'dictionary', ...insideDictionary(value, at, new Map()) }
}

/** The one key of a list of one, by itself. */
export function onlyKeyFacts(value: unknown, at: SchemaPlace): { readonly key: string; readonly facts: ValueFacts } {
  const [only, ...more] = keyList(value, at)
  if (only === undefined || more.length > 0) throw new SchemaError('keys-many', at, value, 'exactly one key')
  return { key: only.key, facts: valueFacts(only.raw, only.at, new Map()) }
}

/** What has been read, by its parsed YAML object: an alias inside its own anchor gives an object that contains itself. */
type Seen = Map<unknown, ValueFacts>

function valueFacts(raw: unknown, at: SchemaPlace, seen: Seen): ValueFacts {
  const before = seen.get(raw)
  if (before !== undefined) return before
  const attributes = new Attributes(raw, at)
  attributes.need('key', text)
  const type = attributes.need('type', valueType)
  const facts: { -readonly [K in keyof ValueFacts]: ValueFacts[K] } = given<ValueFacts>({
    type,
    presence: attributes.take('presence', oneOf('required', 'optional')),
    default: attributes.take('default', scalar),
    rangelist: attributes.take('rangelist', listOf(textOrNumber)),
    range: attributes.take('range', range),
    format: attributes.take('format', text),
    repetition: attributes.take('repetition', range),
    combine: attributes.take('combinetype', combineType),
    assetTypes: attributes.take('assettypes', listOf(text)),
    contentTypes: attributes.take('asset-content-types', listOf(text)),
    availability: attributes.take('supportedOS', keyAvailability),
    keys: undefined,
    others: undefined,
    item: undefined,
    alternatives: undefined,
    choices: undefined,
  })
  seen.set(raw, facts)
  attributes.take('subkeys', (value, at) => Object.assign(facts, insideOf(type, value, at, seen)))
  attributes.skip(...ignored)
  attributes.finish()
  return facts
}

function insideOf(type: ValueType, value: unknown, at: SchemaPlace, seen: Seen): Partial<ValueFacts> {
  if (type === 'dictionary') return insideDictionary(value, at, seen)
  if (type === 'array') return insideArray(value, at, seen)
  if (type === 'string') return insideString(value, at)
  throw new SchemaError('subkeys-misplaced', at, value, `no subkeys in <${type}>`)
}

function insideDictionary(value: unknown, at: SchemaPlace, seen: Seen): Partial<ValueFacts> {
  const list = keyList(value, at)
  const free = list.filter(({ key }) => isAnyKey(key))
  const [first] = free
  if (first === undefined) return { keys: table(list, seen) }
  if (list.length > 1)
    throw new SchemaError(
      'any-not-alone',
      at,
      list.map(({ key }) => key),
      'ANY as the only key',
    )
  return { others: valueFacts(first.raw, first.at, seen) }
}

/** An item's key is a label. Several items are alternatives, and there the label is all there is to name them. */
function insideArray(value: unknown, at: SchemaPlace, seen: Seen): Partial<ValueFacts> {
  const list = keyList(value, at)
  const [item] = list
  if (item === undefined) throw new SchemaError('keys-none', at, value, 'an item')
  return list.length === 1 ? { item: valueFacts(item.raw, item.at, seen) } : { alternatives: table(list, seen) }
}

/** Keys in a string are the values it may have. */
function insideString(value: unknown, at: SchemaPlace): Partial<ValueFacts> {
  const choices: Record<string, { readonly availability?: KeyAvailability }> = {}
  for (const { key, raw, at: place } of keyList(value, at)) {
    const attributes = new Attributes(raw, place)
    choices[key] = given<{ readonly availability?: KeyAvailability }>({
      availability: attributes.take('supportedOS', keyAvailability),
    })
    attributes.skip('key', 'type', 'presence', ...ignored)
    attributes.finish()
  }
  return { choices }
}

interface RawKey {
  readonly key: string
  readonly raw: unknown
  readonly at: SchemaPlace
}

function keyList(value: unknown, at: SchemaPlace): readonly RawKey[] {
  return listOf((raw, at) => ({ key: new Attributes(raw, at).need('key', text), raw, at }))(value, at)
}

/** `ANY`, and in commands also `ANY app identifier` and the like. */
function isAnyKey(key: string): boolean {
  return key === 'ANY' || key.startsWith('ANY ')
}

function table(list: readonly RawKey[], seen: Seen): KeyTable {
  const keys: Record<string, ValueFacts> = {}
  for (const { key, raw, at } of list) {
    if (Object.hasOwn(keys, key) || key === '__proto__') throw new SchemaError('key-twice', at, key, 'another key')
    keys[key] = valueFacts(raw, at, seen)
  }
  return keys
}

function range(value: unknown, at: SchemaPlace): Range {
  const attributes = new Attributes(value, at)
  const found = given<Range>({ min: attributes.take('min', number), max: attributes.take('max', number) })
  attributes.finish()
  return found
}
