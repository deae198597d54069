import type { Refuse } from '../source/refusals.ts'
import type { StringToken } from './token.ts'

const letters: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
}

const octal = /[0-7]{1,3}/y
const byte = /[xX]([0-9a-fA-F]{2})/y
const unit = /[uU]([0-9a-fA-F]{4})/y

/**
 * Reads a quoted string from its opening quote; the other quote is literal inside.
 * An unknown escape drops its backslash, so a regular expression needs doubled ones.
 */
export function stringLiteral(source: string, offset: number, refuse: Refuse): StringToken {
  const quote = source[offset]
  let value = ''
  let at = offset + 1
  let lost = false
  while (at < source.length) {
    const next = source[at]
    if (next === quote) {
      const end = at + 1
      return { kind: 'string', value, offset, end, ...(lost && { written: source.slice(offset, end) }) }
    }
    if (next !== '\\') {
      value += next
      at += 1
      continue
    }
    const read = escaped(source, at, refuse)
    value += read.text
    at = read.end
    lost ||= read.lost
  }
  throw refuse('string-unclosed', `the string is not closed with ${quote}`, offset, {
    found: 'the end',
    expected: `${quote}`,
  })
}

interface Escape {
  readonly text: string
  readonly end: number
  /** The backslash escapes nothing and is dropped. */
  readonly lost: boolean
}

function escaped(source: string, backslash: number, refuse: Refuse): Escape {
  const at = backslash + 1
  const letter = source[at] ?? ''
  const number = matchAt(octal, source, at)
  if (number) return character(Number.parseInt(number[0], 8), at + number[0].length)
  const code = matchAt(byte, source, at) ?? matchAt(unit, source, at)
  if (code) return character(Number.parseInt(code[1] ?? '', 16), at + code[0].length)
  if (/[xXuU]/.test(letter)) {
    throw refuse('escape-incomplete', `\\${letter} needs ${/x/i.test(letter) ? 2 : 4} hexadecimal digits`, backslash, {
      found: source.slice(backslash, backslash + 6),
    })
  }
  return { text: letters[letter] ?? letter, end: at + letter.length, lost: !/[\\'"nrtbfva]/.test(letter) }
}

function character(unit: number, end: number): Escape {
  return { text: String.fromCharCode(unit), end, lost: false }
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}
