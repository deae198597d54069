import { isPlistDict, type Json, type JsonObject, type PlistDict, PlistReal, type PlistValue } from '@edict/protocol'

/** A command that cannot be made from the JSON that was given. */
export class CommandJsonError extends Error {
  override readonly name = 'CommandJsonError'
  readonly code = 'command-malformed'
  /** JSON pointer to what is wrong. */
  readonly at: string
  readonly found: unknown
  readonly expected: string

  constructor(at: string, found: unknown, expected: string) {
    super(`Cannot read command: ${at === '' ? 'it' : at} is ${shown(found)}, expected ${expected}`)
    this.at = at
    this.found = found
    this.expected = expected
  }
}

const DEEPEST = 64

/**
 * JSON as the admin face takes it → the keys of a property list. What JSON has no word for is an object with one marked
 * key: `{"$data": base64}`, `{"$date": RFC 3339}`, `{"$integer": digits}` beyond 2^53, `{"$real": number}` for a real
 * without a fraction (a number with one is a real anyway), `{"$dict": {…}}` for a dictionary that would look like these.
 *
 * @throws CommandJsonError with the place: `null`, bad base64, a bad date, an integer beyond 2^53, depth beyond 64.
 */
export function decodeCommandJson(json: JsonObject): PlistDict {
  return dictionary(json, '', 0)
}

/** The keys of a property list, such as a command or its result, → JSON that {@link decodeCommandJson} reads back. */
export function encodeCommandJson(dict: PlistDict): JsonObject {
  return Object.fromEntries(Object.entries(dict).map(([key, value]) => [key, toJson(value)]))
}

function dictionary(json: JsonObject, at: string, depth: number): PlistDict {
  const entries = Object.entries(json).map(([key, value]) => [key, toPlist(value, `${at}/${escaped(key)}`, depth + 1)])
  return Object.fromEntries(entries) as PlistDict
}

function toPlist(json: Json, at: string, depth: number): PlistValue {
  if (depth > DEEPEST) throw new CommandJsonError(at, json, `at most ${DEEPEST} levels`)
  if (json === null) throw new CommandJsonError(at, json, 'a value: a property list has no null, leave the key out')
  if (typeof json === 'number') return number(json, at)
  if (typeof json !== 'object') return json
  if (isList(json)) return json.map((item, index) => toPlist(item, `${at}/${index}`, depth + 1))
  const [first, ...others] = Object.entries(json)
  const read = first === undefined || others.length > 0 ? undefined : marks[first[0]]
  return first === undefined || read === undefined
    ? dictionary(json, at, depth)
    : read(first[1], `${at}/${escaped(first[0])}`, depth)
}

type Read = (json: Json, at: string, depth: number) => PlistValue

const marks: Readonly<Record<string, Read | undefined>> = Object.assign(Object.create(null), {
  $data(json, at) {
    if (typeof json !== 'string' || !BASE64.test(json)) throw new CommandJsonError(at, json, 'base64')
    return Uint8Array.from(Buffer.from(json, 'base64'))
  },
  $date(json, at) {
    const date = typeof json === 'string' && RFC3339.test(json) ? new Date(json) : undefined
    if (date === undefined || Number.isNaN(date.getTime()))
      throw new CommandJsonError(at, json, 'a moment such as 2026-01-31T12:00:00Z')
    return date
  },
  $integer(json, at) {
    if (typeof json !== 'string' || !/^-?\d{1,20}$/.test(json))
      throw new CommandJsonError(at, json, 'digits in a string')
    const value = BigInt(json)
    if (value < -(2n ** 63n) || value >= 2n ** 64n) throw new CommandJsonError(at, json, 'an integer of 64 bits')
    return Number.isSafeInteger(Number(json)) ? Number(json) : value
  },
  $real(json, at) {
    if (typeof json === 'number') return new PlistReal(json)
    const value = typeof json === 'string' ? boundless[json] : undefined
    if (value === undefined) throw new CommandJsonError(at, json, 'a number, "nan", "inf" or "-inf"')
    return new PlistReal(value)
  },
  $dict(json, at, depth) {
    if (typeof json !== 'object' || json === null || isList(json)) throw new CommandJsonError(at, json, 'an object')
    return dictionary(json, at, depth)
  },
} satisfies Record<string, Read>)

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/
const boundless: Readonly<Record<string, number | undefined>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }

function number(json: number, at: string): PlistValue {
  if (!Number.isInteger(json)) return new PlistReal(json)
  if (!Number.isSafeInteger(json))
    throw new CommandJsonError(at, json, 'an integer up to 2^53, or {"$integer": "digits"} beyond it')
  return json
}

function toJson(value: PlistValue): Json {
  if (typeof value === 'bigint') return { $integer: value.toString() }
  if (typeof value !== 'object') return value
  if (value instanceof PlistReal) return real(value.value)
  if (value instanceof Date) return { $date: value.toISOString().replace('.000Z', 'Z') }
  if (value instanceof Uint8Array) return { $data: Buffer.from(value).toString('base64') }
  if (!isPlistDict(value)) return value.map(toJson)
  const [key, ...others] = Object.keys(value)
  const json = encodeCommandJson(value)
  return key !== undefined && others.length === 0 && key in marks ? { $dict: json } : json
}

function real(value: number): Json {
  if (Number.isNaN(value)) return { $real: 'nan' }
  if (!Number.isFinite(value)) return { $real: value > 0 ? 'inf' : '-inf' }
  return Number.isInteger(value) ? { $real: value } : value
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json)
}

/** A key as RFC 6901 writes it in a pointer. */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function shown(found: unknown): string {
  const text = JSON.stringify(found)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
