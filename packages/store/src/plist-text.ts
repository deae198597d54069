import { isPlistDict, type PlistDict, PlistReal, type PlistValue } from '@edict/protocol'

/**
 * A property list as JSON text, for keeping. What JSON has no word for is an object with one key that begins with `$`; a
 * dictionary that could be mistaken for such a one is wrapped.
 */
export function plistText(value: PlistValue): string {
  return JSON.stringify(worded(value))
}

/** The property list that {@link plistText} made a text of. */
export function plistOf(text: string): PlistValue {
  return unworded(JSON.parse(text) as Worded)
}

type Worded = string | number | boolean | readonly Worded[] | { readonly [key: string]: Worded }

function worded(value: PlistValue): Worded {
  if (typeof value === 'bigint') return { $integer: value.toString() }
  if (typeof value === 'number') return Object.is(value, -0) ? 0 : value
  if (typeof value !== 'object') return value
  if (value instanceof PlistReal) return { $real: Object.is(value.value, -0) ? '-0' : String(value.value) }
  if (value instanceof Date) return { $date: value.getTime() }
  if (value instanceof Uint8Array) return { $data: Buffer.from(value).toString('base64') }
  if (!isPlistDict(value)) return value.map(worded)
  const dict = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, worded(inner)]))
  return Object.keys(dict).some((key) => key.startsWith('$')) ? { $dict: dict } : dict
}

const readers: Readonly<Record<string, (inner: Worded) => PlistValue>> = {
  $integer: (inner) => BigInt(String(inner)),
  $real: (inner) => new PlistReal(Number(inner)),
  $date: (inner) => new Date(Number(inner)),
  $data: (inner) => new Uint8Array(Buffer.from(String(inner), 'base64')),
  $dict: (inner) => dictOf(inner as { readonly [key: string]: Worded }),
}

function unworded(value: Worded): PlistValue {
  if (typeof value !== 'object') return value
  if (isList(value)) return value.map(unworded)
  const [key, ...others] = Object.keys(value)
  const reader = key !== undefined && others.length === 0 && key.startsWith('$') ? readers[key] : undefined
  return reader === undefined || key === undefined ? dictOf(value) : reader(value[key] ?? '')
}

function isList(value: Worded): value is readonly Worded[] {
  return Array.isArray(value)
}

function dictOf(value: { readonly [key: string]: Worded }): PlistDict {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unworded(inner)]))
}
