import type { Range, ValueFacts, ValueType } from '@edict/catalogue'

const nouns: { readonly [Type in ValueType]: string } = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  date: 'a date as text',
  data: 'Base64 text',
  array: 'an array',
  dictionary: 'a dictionary',
  any: 'any value',
}

/** What may stand somewhere, in words: `an integer from 0 to 16`, `one of IMAP, POP`. */
export function expectedValue(facts: ValueFacts): string {
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
