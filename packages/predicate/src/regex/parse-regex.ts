import { limits } from '../source/limits.ts'
import {
  atEnd,
  atLastLine,
  atLineEnd,
  atLineStart,
  atStart,
  atWordEdge,
  ignoringCase,
  isLineTerminator,
} from './characters.ts'
import { readEscape } from './escape.ts'
import { type Flags, Reader } from './reader.ts'
import { characterSet } from './set.ts'
import type { CharacterTest, PositionTest, RegexTree } from './tree.ts'

/**
 * Reads a regular expression in ICU's syntax. Back references, atomic groups and possessive quantifiers are refused:
 * they are what makes matching unbounded or a match more than a question of yes or no. Throws a RegexError.
 */
export function parseRegex(pattern: string, ignoreCase: boolean): RegexTree {
  const plain: Flags = { ignoreCase, dotAll: false, multiline: false, comments: false, unixLines: false }
  const reader = new Reader(pattern, plain)
  const tree = choice(reader)
  if (!reader.done) throw reader.invalid('a parenthesis closes nothing')
  return tree
}

/** Choice : Sequence { "|" Sequence } */
function choice(reader: Reader): RegexTree {
  const first = sequence(reader)
  const options = [first]
  while (reader.skip('|')) options.push(sequence(reader))
  return options.length === 1 ? first : { kind: 'choice', options }
}

/** Sequence : { Piece } */
function sequence(reader: Reader): RegexTree {
  const parts: RegexTree[] = []
  for (;;) {
    if (reader.flags.comments) reader.match(/(?:\s|#[^\n]*)+/y)
    if (reader.done || reader.looksAt('|') || reader.looksAt(')')) return { kind: 'sequence', parts }
    const literal = reader.match(/\\Q([\s\S]*?)(?:\\E|$)/y)
    if (literal) parts.push(...Array.from(literal[1] ?? '', (character) => literalCharacter(reader, character)))
    else parts.push(...piece(reader))
  }
}

/** Piece : Atom [ Quantifier [ "?" ] ] */
function piece(reader: Reader): readonly RegexTree[] {
  const body = atom(reader)
  if (!body) return []
  const count = quantifier(reader)
  if (!count) return [body]
  if (body.kind === 'position') throw reader.invalid('nothing can be repeated here')
  if (reader.looksAt('+')) throw reader.unsupported('a possessive quantifier')
  reader.skip('?')
  if (quantifier(reader)) throw reader.invalid('a quantifier follows a quantifier')
  return [{ kind: 'repeat', body, ...count }]
}

/** Quantifier : "*" | "+" | "?" | "{" Number [ "," [ Number ] ] "}" */
function quantifier(reader: Reader): { min: number; max: number } | undefined {
  if (reader.skip('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
  if (reader.skip('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
  if (reader.skip('?')) return { min: 0, max: 1 }
  if (!reader.looksAt('{')) return undefined
  const found = reader.match(/\{([0-9]{1,9})(,([0-9]{0,9}))?\}/y)
  if (!found) throw reader.invalid('{ begins no count')
  const min = Number(found[1])
  const max = found[2] === undefined ? min : found[3] ? Number(found[3]) : Number.POSITIVE_INFINITY
  if (max < min) throw reader.invalid('a count ends before it begins')
  return { min, max }
}

/** Atom : Group | Set | "." | "^" | "$" | Escape | Character; undefined for what only sets flags or comments */
function atom(reader: Reader): RegexTree | undefined {
  const { flags } = reader
  const character = reader.take()
  switch (character) {
    case '(':
      return group(reader)
    case '[':
      return { kind: 'character', test: characterSet(reader) }
    case '.':
      if (flags.dotAll) return { kind: 'character', test: () => true }
      return { kind: 'character', test: flags.unixLines ? (code) => code !== 10 : (code) => !isLineTerminator(code) }
    case '^':
      return position(flags.multiline ? atLineStart : atStart)
    case '$':
      return position(flags.multiline ? atLineEnd : atLastLine)
    case '\\':
      return escaped(reader)
  }
  if (/^[*+?{}]$/.test(character)) throw reader.invalid(`${character} follows nothing that it could repeat`)
  return literalCharacter(reader, character)
}

const positions: Readonly<Record<string, PositionTest>> = {
  A: atStart,
  z: atEnd,
  Z: atLastLine,
  b: atWordEdge,
  B: (text, at) => !atWordEdge(text, at),
}

function escaped(reader: Reader): RegexTree {
  const test = Object.hasOwn(positions, reader.next) ? positions[reader.next] : undefined
  if (test) {
    reader.take()
    return position(test)
  }
  if (reader.skip('R')) return lineBreak
  if (reader.looksAt('k')) throw reader.unsupported('a back reference')
  const found = readEscape(reader)
  return typeof found === 'function' ? { kind: 'character', test: found } : codePoint(reader, found)
}

/** `\R`: a carriage return and a line feed together, or one line terminator. */
const lineBreak: RegexTree = {
  kind: 'choice',
  options: [
    { kind: 'sequence', parts: [13, 10].map((code) => ({ kind: 'character', test: (c) => c === code }) as const) },
    { kind: 'character', test: isLineTerminator },
  ],
}

/** Group : "(" [ "?:" | "?<" Name ">" | "?" Flags [ ":" ] | "?=" | "?!" | "?<=" | "?<!" | "?#" ] Choice ")", after "(" */
function group(reader: Reader): RegexTree | undefined {
  const outer = reader.flags
  if (reader.match(/\?#[^)]*\)/y)) return undefined
  if (reader.looksAt('?>')) throw reader.unsupported('an atomic group')
  for (const [opening, ahead, negated] of looks) {
    if (reader.skip(opening)) return { kind: 'look', ahead, negated, body: closed(reader, outer) }
  }
  if (reader.skip('?:') || reader.match(/\?<[A-Za-z][A-Za-z0-9]*>/y)) return closed(reader, outer)
  const flagged = reader.match(/\?([A-Za-z]*)(?:-([A-Za-z]+))?([:)])/y)
  if (!flagged) {
    if (reader.looksAt('?')) throw reader.invalid('(? begins no group')
    return closed(reader, outer)
  }
  reader.flags = withFlags(reader, withFlags(reader, outer, flagged[1] ?? '', true), flagged[2] ?? '', false)
  return flagged[3] === ':' ? closed(reader, outer) : undefined
}

const looks = [
  ['?=', true, false],
  ['?!', true, true],
  ['?<=', false, false],
  ['?<!', false, true],
] as const

/** The rest of a group; flags set inside end with it. */
function closed(reader: Reader, outer: Flags): RegexTree {
  reader.depth += 1
  if (reader.depth > limits.depth) throw reader.invalid('it is nested too deeply')
  const body = choice(reader)
  if (!reader.skip(')')) throw reader.invalid('a parenthesis is not closed')
  reader.depth -= 1
  reader.flags = outer
  return body
}

const flagNames = { i: 'ignoreCase', s: 'dotAll', m: 'multiline', x: 'comments', d: 'unixLines' } as const

function withFlags(reader: Reader, flags: Flags, letters: string, on: boolean): Flags {
  let result = flags
  for (const letter of letters) {
    if (letter === 'w') throw reader.unsupported('the flag w')
    if (!(letter in flagNames)) throw reader.invalid(`there is no flag ${letter}`)
    result = { ...result, [flagNames[letter as keyof typeof flagNames]]: on }
  }
  return result
}

function literalCharacter(reader: Reader, character: string): RegexTree {
  return codePoint(reader, character.codePointAt(0) ?? 0)
}

function codePoint(reader: Reader, code: number): RegexTree {
  const test: CharacterTest = (other) => other === code
  return { kind: 'character', test: reader.flags.ignoreCase ? ignoringCase(test) : test }
}

function position(test: PositionTest): RegexTree {
  return { kind: 'position', test }
}
