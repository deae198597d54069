import type { Range, ValueFacts } from '@edict/catalogue'
import { declared, type Notation } from './notation.ts'

/** What may stand somewhere, in words: `an integer from 0 to 16`, `one of IMAP, POP`. */
export function expectedValue(facts: ValueFacts, { nouns }: Notation = declared): string {
  const values = allowedValues(facts)
  if (values !== undefined) return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
  return `${nouns[facts.type]}${rangeInWords(facts.range)}`
}

/** The only values that the schema allows, where it lists them. */
export function allowedValues({ rangelist, choices }: ValueFacts): readonly (string | number)[] | undefined {
  return rangelist ?? (choices === undefined ? undefined : Object.keys(choices))
}

export function rangeInWords(range: Range | undefined): string {
  if (range === undefined) return ''
  const { min, max } = range
  if (min === undefined) return max === undefined ? '' : ` up to ${max}`
  return max === undefined ? ` from ${min}` : ` from ${min} to ${max}`
}
