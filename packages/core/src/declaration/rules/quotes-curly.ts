import { PredicateError, parse } from '@edict/predicate'
import { isJsonObject, type Json } from '@edict/protocol'
import { type Problem, refusal } from '../../problem.ts'
import { escapePointer } from '../references.ts'
import type { Rule } from '../rule.ts'
import { hasCurlyQuotes, straightened } from '../straight-quotes.ts'

/**
 * Typographic quotes where straight ones belong, as a word processor or a slide makes them of a listing: around what a
 * predicate compares with, or in a key. Inside text they may well be meant.
 */
export const quotesCurly: Rule = ({ draft, version }) => {
  const source = version.kind === 'activation' ? draft.payload.Predicate : undefined
  return [...(typeof source === 'string' ? ofPredicate(source) : []), ...ofKeys(draft.payload, '/Payload')]
}

function ofPredicate(source: string): readonly Problem[] {
  if (!hasCurlyQuotes(source) || parses(source) || !parses(straightened(source))) return []
  const rewrite = straightened(source)
  return [
    refusal('quotes-curly', 'Cannot read Predicate: its quotes are typographic ones', {
      at: '/Payload/Predicate',
      found: source,
      expected: 'straight quotes',
      remedy: `write ${rewrite}`,
    }),
  ]
}

function ofKeys(value: Json, at: string): readonly Problem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => ofKeys(item, `${at}/${index}`))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = `${at}/${escapePointer(key)}`
    if (!/^\p{Quotation_Mark}.*\p{Quotation_Mark}$/u.test(key) || !hasCurlyQuotes(key)) return ofKeys(inner, place)
    const bare = key.slice(1, -1)
    const evidence = { at: place, found: key, expected: bare, remedy: `write ${bare}` }
    return [refusal('quotes-curly', `Cannot use the key ${key}: typographic quotes are part of it`, evidence)]
  })
}

function parses(source: string): boolean {
  try {
    parse(source)
    return true
  } catch (error) {
    if (error instanceof PredicateError) return false
    throw error
  }
}
