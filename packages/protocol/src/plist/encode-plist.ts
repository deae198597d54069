import { ProtocolError } from '../errors.ts'
import { maximumDepth } from '../limits.ts'
import { encodeBase64 } from './base64.ts'
import { isPlistInteger } from './integer-range.ts'
import { PlistReal, type PlistValue } from './plist-value.ts'
import { notXml } from './xml-characters.ts'

const head = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
`
const encoder = new TextEncoder()

/**
 * Writes a property list as XML, keys in the order they have. Dates are cut to whole seconds, as the format is.
 * @throws {ProtocolError} `value-unwritable` for what a property list cannot hold (control characters, integers beyond
 *   64 bits or not safe, undefined, invalid dates), `depth`; `at` is the key path
 */
export function encodePlist(value: PlistValue): Uint8Array {
  return encoder.encode(`${head}${element(value, '', [])}</plist>\n`)
}

function element(value: PlistValue, indent: string, path: (string | number)[]): string {
  switch (typeof value) {
    case 'string':
      return `${indent}<string>${text(value, path)}</string>\n`
    case 'boolean':
      return value ? `${indent}<true/>\n` : `${indent}<false/>\n`
    case 'bigint':
      if (!isPlistInteger(value)) throw unwritable(path, 'an integer beyond 64 bits', '64 bits')
      return `${indent}<integer>${value}</integer>\n`
    case 'number':
      if (!Number.isSafeInteger(value))
        throw unwritable(path, `the number ${value}`, 'a safe integer, bigint or PlistReal')
      return `${indent}<integer>${value}</integer>\n`
    case 'object':
      return object(value, indent, path)
    default:
      throw unwritable(path, `a value of type ${typeof value}`, 'a property list value')
  }
}

function object(
  value: Exclude<PlistValue, string | boolean | number | bigint>,
  indent: string,
  path: (string | number)[],
): string {
  if (value === null) throw unwritable(path, 'null', 'a property list value')
  if (value instanceof Uint8Array) return `${indent}<data>${encodeBase64(value)}</data>\n`
  if (value instanceof Date) return `${indent}<date>${date(value, path)}</date>\n`
  if (value instanceof PlistReal) return `${indent}<real>${real(value.value)}</real>\n`
  if (path.length === maximumDepth) throw tooDeep(path)
  const inner = `${indent}\t`
  let body = ''
  if (Array.isArray(value)) {
    const items: readonly PlistValue[] = value
    if (items.length === 0) return `${indent}<array/>\n`
    for (let index = 0; index < items.length; index++) {
      path.push(index)
      body += element(items[index] as PlistValue, inner, path)
      path.pop()
    }
    return `${indent}<array>\n${body}${indent}</array>\n`
  }
  const dict = value as { readonly [key: string]: PlistValue }
  const keys = Object.keys(dict)
  if (keys.length === 0) return `${indent}<dict/>\n`
  for (const key of keys) {
    path.push(key)
    body += `${inner}<key>${text(key, path)}</key>\n${element(dict[key] as PlistValue, inner, path)}`
    path.pop()
  }
  return `${indent}<dict>\n${body}${indent}</dict>\n`
}

const special = /[&<>\r]/
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

function text(value: string, path: readonly (string | number)[]): string {
  if (notXml.test(value) || !value.isWellFormed()) {
    throw unwritable(path, 'a string with characters that XML cannot hold', 'XML characters')
  }
  return special.test(value) ? value.replace(/[&<>\r]/g, (found) => entities[found] ?? found) : value
}

function date(value: Date, path: readonly (string | number)[]): string {
  const year = value.getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw unwritable(path, 'a date outside the years 0000 to 9999', 'a valid date')
  return `${value.toISOString().slice(0, 19)}Z`
}

function real(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? '+infinity' : '-infinity'
  return Object.is(value, -0) ? '-0.0' : String(value)
}

function unwritable(path: readonly (string | number)[], found: string, expected: string): ProtocolError {
  const at = path.length === 0 ? 'the root' : path.join('.')
  return new ProtocolError('value-unwritable', `Cannot write property list: ${found} at ${at}, expected ${expected}`, {
    at,
    found,
    expected,
  })
}

function tooDeep(path: readonly (string | number)[]): ProtocolError {
  return new ProtocolError(
    'depth',
    `Cannot write property list: more than ${maximumDepth} containers inside each other`,
    {
      at: path.slice(0, 8).join('.'),
      expected: `at most ${maximumDepth}`,
    },
  )
}
