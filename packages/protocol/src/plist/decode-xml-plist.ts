import { decodeBase64 } from './base64.ts'
import { PlistReal, type PlistValue } from './plist-value.ts'
import { parseDate, parseInteger, parseReal } from './scalars.ts'
import { setKey } from './set-key.ts'
import { isXmlSpace } from './xml-characters.ts'
import { decodeXmlText } from './xml-encoding.ts'
import { XmlScanner } from './xml-scanner.ts'

/** Reads an XML property list in one pass over its text. @throws {PlistError} */
export function decodeXmlPlist(bytes: Uint8Array): PlistValue {
  const scanner = new XmlScanner(decodeXmlText(bytes), bytes)
  scanner.prolog()
  if (scanner.root()) throw scanner.fail('empty', 'no value in <plist>')
  scanner.misc()
  if (scanner.atEndTag()) throw scanner.fail('empty', 'no value in <plist>')
  const value = element(scanner, 0)
  scanner.misc()
  if (!scanner.atEndTag()) throw scanner.fail('two-roots', 'a second value in <plist>')
  scanner.endTag('plist')
  scanner.epilog()
  return value
}

function element(scanner: XmlScanner, depth: number): PlistValue {
  const start = scanner.at
  const name = scanner.startTag()
  const empty = scanner.empty
  switch (name) {
    case 'string':
      return empty ? '' : scanner.content('string')
    case 'true':
    case 'false':
      if (!empty) nothing(scanner, name, start)
      return name === 'true'
    case 'dict':
      if (depth === scanner.maximumDepth) throw scanner.tooDeep(start)
      return empty ? {} : dict(scanner, depth + 1)
    case 'array':
      if (depth === scanner.maximumDepth) throw scanner.tooDeep(start)
      return empty ? [] : array(scanner, depth + 1)
    case 'data':
      return empty ? new Uint8Array(0) : data(scanner)
    case 'integer':
      return integer(scanner, trimmed(scanner, 'integer', empty), start)
    case 'real':
      return real(scanner, trimmed(scanner, 'real', empty), start)
    case 'date':
      return date(scanner, trimmed(scanner, 'date', empty), start)
    case 'key':
      throw scanner.fail('key-misplaced', '<key> where a value belongs', start)
    default:
      throw scanner.fail('element-unknown', `the unknown element <${name.slice(0, 40)}>`, start)
  }
}

function dict(scanner: XmlScanner, depth: number): PlistValue {
  const result: { [key: string]: PlistValue } = {}
  for (;;) {
    scanner.misc()
    if (scanner.atEndTag()) break
    const start = scanner.at
    if (scanner.startTag() !== 'key') throw scanner.fail('key-missing', 'a value without a key', start)
    const key = scanner.empty ? '' : scanner.content('key')
    if (Object.hasOwn(result, key)) {
      throw scanner.fail('key-duplicate', `the key ${JSON.stringify(key.slice(0, 64))} for the second time`, start)
    }
    scanner.misc()
    if (scanner.atEndTag()) {
      throw scanner.fail('value-missing', `the key ${JSON.stringify(key.slice(0, 64))} without a value`, start)
    }
    setKey(result, key, element(scanner, depth))
  }
  scanner.endTag('dict')
  return result
}

function array(scanner: XmlScanner, depth: number): PlistValue {
  const result: PlistValue[] = []
  for (;;) {
    scanner.misc()
    if (scanner.atEndTag()) break
    result.push(element(scanner, depth))
  }
  scanner.endTag('array')
  return result
}

function nothing(scanner: XmlScanner, name: string, start: number): void {
  if (scanner.content(name).trim() !== '') throw scanner.fail('text-unexpected', `text in <${name}>`, start)
}

function data(scanner: XmlScanner): Uint8Array {
  const start = scanner.at
  const octets = decodeBase64(scanner.content('data'))
  if (octets instanceof Uint8Array) return octets
  // Where comments or entities stand in the content, the index is only near the place.
  throw scanner.fail('base64', octets.complaint, Math.min(start + octets.index, scanner.at))
}

function trimmed(scanner: XmlScanner, name: string, empty: boolean): string {
  if (empty) return ''
  const text = scanner.content(name)
  // Not by a regular expression: one that looks for white space at the end takes quadratic time to find none.
  let from = 0
  let to = text.length
  while (from < to && isXmlSpace(text.charCodeAt(from))) from++
  while (to > from && isXmlSpace(text.charCodeAt(to - 1))) to--
  return text.slice(from, to)
}

function integer(scanner: XmlScanner, text: string, start: number): number | bigint {
  const value = parseInteger(text)
  if (value === 'range') throw scanner.fail('integer-range', 'an integer beyond 64 bits', start, text)
  if (value === undefined) throw scanner.fail('integer', 'an <integer> that is none', start, text)
  return value
}

function real(scanner: XmlScanner, text: string, start: number): PlistReal {
  const value = parseReal(text)
  if (value === undefined) throw scanner.fail('real', 'a <real> that is none', start, text)
  return new PlistReal(value)
}

function date(scanner: XmlScanner, text: string, start: number): Date {
  const value = parseDate(text)
  if (value === undefined) {
    throw scanner.fail('date', 'a <date> that is none', start, text, 'YYYY-MM-DDTHH:MM:SSZ')
  }
  return value
}
