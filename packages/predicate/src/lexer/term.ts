import type { CollectionOperator } from '../ast/nodes.ts'
import { limits } from '../source/limits.ts'
import type { Refuse } from '../source/refusals.ts'
import type { CollectionToken, Term, TermToken } from './token.ts'

const collectionOperators: ReadonlySet<string> = new Set<CollectionOperator>([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'unionOfObjects',
  'distinctUnionOfObjects',
  'unionOfArrays',
  'distinctUnionOfArrays',
  'unionOfSets',
  'distinctUnionOfSets',
])
const terms: ReadonlySet<string> = new Set<Term>(['status', 'property', 'key'])

const word = /[A-Za-z_][A-Za-z0-9_]*/y
const name = /\s*\(\s*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\s*\)/y

/** Reads what begins with `@`: an operator on collections, or an extension term with its name in parentheses. */
export function atTerm(source: string, offset: number, refuse: Refuse): TermToken | CollectionToken {
  word.lastIndex = offset + 1
  const text = word.exec(source)?.[0] ?? ''
  const end = offset + 1 + text.length
  if (isCollectionOperator(text)) return { kind: 'collection', name: text, offset, end }
  const term = text.toLowerCase()
  if (!isTerm(term)) {
    throw refuse('term-unknown', `@${text} is no term of the language`, offset, {
      found: `@${text}`,
      expected: '@status(…), @property(…), @key(…) or an operator on collections such as @count',
    })
  }
  name.lastIndex = end
  const match = name.exec(source)
  const found = match?.[1]
  if (!match || found === undefined) {
    throw refuse('term-name', `@${term} needs an unquoted name in parentheses`, offset, {
      found: source.slice(offset, end + 20),
      expected: `@${term}(name), the name of letters, digits, '_', '-' and '.'`,
    })
  }
  if (found.length > limits.nameLength) {
    throw refuse('name-too-long', `the name in @${term} is too long`, offset, {
      found: `${found.length} characters`,
      expected: `at most ${limits.nameLength}`,
    })
  }
  const whole = source.slice(offset, name.lastIndex)
  const written = whole === `@${term}(${found})` ? {} : { written: whole }
  return { kind: 'term', term, name: found, ...written, offset, end: name.lastIndex }
}

function isCollectionOperator(text: string): text is CollectionOperator {
  return collectionOperators.has(text)
}

function isTerm(text: string): text is Term {
  return terms.has(text)
}
