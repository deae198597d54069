import { limits } from '../source/limits.ts'
import type { Refuse } from '../source/refusals.ts'
import { numberLiteral } from './number-literal.ts'
import { stringLiteral } from './string-literal.ts'
import { atTerm } from './term.ts'
import type { Token } from './token.ts'

const space = /[ \t\n\r\v\f]+/y
const word = /[A-Za-z_][A-Za-z0-9_]*/y
const typeOperator = /UTI-(?:CONFORMS-TO|EQUALS)(?![A-Za-z0-9_])/iy
const symbol = /&&|\|\||==|!=|<>|<=|=<|>=|=>|\*\*|:=|[=<>!(){}[\],.+\-*/:]/y

/** Cuts a source into tokens; the last is always `end`. Throws a PredicateError of stage `parse`. */
export function lex(source: string, refuse: Refuse): readonly Token[] {
  if (source.length > limits.sourceLength) {
    throw refuse('source-too-long', 'the predicate is too long', 0, {
      found: `${source.length} characters`,
      expected: `at most ${limits.sourceLength}`,
    })
  }
  const tokens: Token[] = []
  let at = skipSpace(source, 0)
  while (at < source.length) {
    const token = tokenAt(source, at, refuse)
    tokens.push(token)
    at = skipSpace(source, token.end)
  }
  tokens.push({ kind: 'end', offset: source.length, end: source.length })
  return tokens
}

function skipSpace(source: string, at: number): number {
  return at + (take(space, source, at) ?? '').length
}

function tokenAt(source: string, at: number, refuse: Refuse): Token {
  const first = source[at] ?? ''
  if (first === "'" || first === '"') return stringLiteral(source, at, refuse)
  if (first >= '0' && first <= '9') return numberLiteral(source, at, refuse)
  if (first === '@') return atTerm(source, at, refuse)
  if (first === '$' || first === '#') {
    const name = take(word, source, at + 1)
    if (name === undefined) {
      throw refuse('name-missing', `${first} needs a name right after it`, at, { found: source.slice(at, at + 10) })
    }
    const end = at + 1 + name.length
    return first === '$'
      ? { kind: 'variable', name, offset: at, end }
      : { kind: 'escaped', text: name, offset: at, end }
  }
  const text = take(typeOperator, source, at) ?? take(word, source, at)
  if (text !== undefined) return { kind: 'word', text, upper: text.toUpperCase(), offset: at, end: at + text.length }
  const sign = take(symbol, source, at)
  if (sign !== undefined) return { kind: 'symbol', text: sign, offset: at, end: at + sign.length }
  throw strayCharacter(source, at, refuse)
}

function take(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

function strayCharacter(source: string, at: number, refuse: Refuse): Error {
  const found = String.fromCodePoint(source.codePointAt(at) ?? 0)
  if (/[\u2018\u2019\u201c\u201d]/.test(found)) {
    return refuse('quote-curly', `${found} is a typographic quote`, at, { found, expected: `a straight quote, ' or "` })
  }
  if (found === '%') {
    return refuse('argument-placeholder', '% stands for an argument, and a declaration has none to give', at, { found })
  }
  if (found === '\\') {
    return refuse('character-unexpected', '\\ stands outside a string; an earlier quote may have closed it', at, {
      found,
    })
  }
  const isSeen = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(found)
  const named = isSeen
    ? JSON.stringify(found)
    : `U+${found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
  return refuse('character-unexpected', `${named} has no meaning here`, at, { found })
}
