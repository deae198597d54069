import { isDigit, isHorizontalSpace, isLineTerminator, isSpace, isWordCharacter, propertyTest } from './characters.ts'
import type { Reader } from './reader.ts'
import type { CharacterTest } from './tree.ts'

const controls: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, a: 7, e: 27 }

const classes: Readonly<Record<string, CharacterTest>> = {
  d: isDigit,
  w: isWordCharacter,
  s: isSpace,
  h: isHorizontalSpace,
  v: isLineTerminator,
}

const hexadecimal = /x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y
const octal = /0([0-7]{1,3})/y
const property = /([pP])(?:\{(\^?)([^}]{1,130})\}|([A-Z]))/y

/** Escape, after the backslash, where it is the same inside and outside a set: a code point or a class. */
export function readEscape(reader: Reader): number | CharacterTest {
  const number = reader.match(hexadecimal) ?? reader.match(octal)
  if (number) return codePoint(reader, number)
  const named = reader.match(property)
  if (named) return propertyClass(reader, named)
  const letter = reader.take()
  if (letter === '') throw reader.invalid('a backslash ends it')
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined
  if (control !== undefined) return control
  const lower = letter.toLowerCase()
  const test = Object.hasOwn(classes, lower) ? classes[lower] : undefined
  if (test) return letter === lower ? test : (code) => !test(code)
  if (letter === 'c') return controlCharacter(reader)
  if (letter === 'N' || letter === 'X' || letter === 'G') throw reader.unsupported(`\\${letter}`)
  if (letter >= '1' && letter <= '9') throw reader.unsupported(`a back reference (\\${letter})`)
  if (/[a-zA-Z0]/.test(letter)) throw reader.invalid(`\\${letter} has no meaning`)
  return letter.codePointAt(0) ?? 0
}

function codePoint(reader: Reader, found: RegExpExecArray): number {
  const hex = found[1] ?? found[2] ?? found[3] ?? found[4]
  const isOctal = found[0].startsWith('0')
  const value = Number.parseInt(isOctal ? (found[1] ?? '0') : (hex ?? '0'), isOctal ? 8 : 16)
  if (value > 0x10ffff) throw reader.invalid('the code point is beyond U+10FFFF')
  return value
}

function propertyClass(reader: Reader, [, letter, caret, name, short]: RegExpExecArray): CharacterTest {
  const test = propertyTest((name ?? short ?? '').trim().replaceAll(' ', '_'))
  if (!test) throw reader.invalid(`there is no property ${name ?? short}`)
  return (letter === 'P') !== (caret === '^') ? (code) => !test(code) : test
}

function controlCharacter(reader: Reader): number {
  const letter = reader.take()
  if (!/^[A-Za-z@[\]^_]$/.test(letter)) throw reader.invalid('\\c needs a letter')
  return (letter.codePointAt(0) ?? 0) & 0x1f
}
