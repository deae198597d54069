import { nearest } from '@edict/catalogue'
import type { ModelEvent } from '@edict/device'
import { isJsonObject, type Json, type JsonObject } from '@edict/protocol'
import { EventError } from './event-error.ts'

/** `?` marks what may be absent. */
type KeyShape = 'boolean' | 'boolean?' | 'text' | 'text?' | 'number?' | 'json'

type KeysOf<Type> = Exclude<keyof Extract<ModelEvent, { readonly type: Type }>, 'type'>

/** The keys of each event beside its type. That each event and each key is here, the compiler sees to. */
const shapes: { readonly [Type in ModelEvent['type']]: Readonly<Record<KeysOf<Type>, KeyShape>> } = {
  'passcode.set': { present: 'boolean', compliant: 'boolean?' },
  'passcode.comply': {},
  'passcode.remove': {},
  'account.set': { declaration: 'text', key: 'text', value: 'json' },
  'app.tapInstall': { bundleId: 'text?' },
  'app.decline': { bundleId: 'text?' },
  'app.delete': { bundleId: 'text' },
  'app.progress': { bundleId: 'text?' },
  'battery.set': { level: 'number?', health: 'text?' },
  'filevault.set': { enabled: 'boolean' },
  'os.set': { version: 'text', build: 'text?' },
  'software-update.set': { item: 'text', value: 'json' },
  'test.set': { item: 'text', value: 'json' },
  'network.set': { online: 'boolean' },
  'awaiting-configuration.set': { awaiting: 'boolean' },
  lock: {},
  unlock: {},
}

const words: Readonly<Record<KeyShape, string>> = {
  boolean: 'true or false',
  'boolean?': 'true or false, or no such key',
  text: 'a string that is not empty',
  'text?': 'a string that is not empty, or no such key',
  'number?': 'a number, or no such key',
  json: 'any JSON value',
}

/**
 * Checks that JSON is a model event, with all its keys, and none that it does not know.
 * @throws EventError
 */
export function readModelEvent(value: Json): ModelEvent {
  if (!isJsonObject(value)) throw new EventError('event-malformed', { found: value, expected: 'an object with a type' })
  const { type, ...keys } = value
  if (type === undefined) throw new EventError('key-missing', { at: 'type', expected: typesLike(undefined) })
  if (typeof type !== 'string' || !isKnown(type)) {
    throw new EventError('event-unknown', { at: 'type', found: type, expected: typesLike(type) })
  }
  checkKeys(type, keys)
  return value as unknown as ModelEvent
}

function isKnown(type: string): type is ModelEvent['type'] {
  return Object.hasOwn(shapes, type)
}

function typesLike(found: Json | undefined): string {
  const known = Object.keys(shapes)
  const like = typeof found === 'string' ? nearest(found, known) : undefined
  return like === undefined ? `one of ${known.join(', ')}` : `${like}, or another of ${known.join(', ')}`
}

function checkKeys(type: ModelEvent['type'], keys: JsonObject): void {
  const shape: Readonly<Record<string, KeyShape>> = shapes[type]
  for (const [key, expected] of Object.entries(shape)) {
    const found = Object.hasOwn(keys, key) ? keys[key] : undefined
    if (found === undefined && expected.endsWith('?')) continue
    if (found === undefined) throw new EventError('key-missing', { at: key, expected: words[expected] })
    if (!fits(found, expected)) throw new EventError('value-unfit', { at: key, found, expected: words[expected] })
  }
  const stray = Object.keys(keys).find((key) => !Object.hasOwn(shape, key))
  if (stray === undefined) return
  const known = Object.keys(shape).join(', ')
  throw new EventError('key-unknown', {
    at: stray,
    expected: known === '' ? `no key beside type in ${type}` : `only ${known}`,
  })
}

function fits(value: Json, shape: KeyShape): boolean {
  if (shape === 'json') return true
  if (shape.startsWith('text')) return typeof value === 'string' && value !== ''
  return typeof value === shape.replace('?', '')
}
