import type { ValueShape } from '../value-shape.ts'

/** Values that compare with each other; an integer, a real and a boolean are numbers alike. */
export type Family = 'number' | 'string' | 'array' | 'dictionary'

const families: { readonly [Type in ValueShape['type']]?: Family } = {
  boolean: 'number',
  integer: 'number',
  number: 'number',
  string: 'string',
  array: 'array',
  dictionary: 'dictionary',
}

/** The family of a shape; undefined where it is not known, as for dates and data, which reports spell as text. */
export function familyOf(shape: ValueShape | undefined): Family | undefined {
  return shape && families[shape.type]
}

const articles: Readonly<Record<ValueShape['type'], string>> = {
  string: 'a string',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  date: 'a date',
  data: 'data',
  array: 'an array',
  dictionary: 'a dictionary',
  any: 'anything',
}

/** A shape with its article, for messages. */
export function describeShape(shape: ValueShape): string {
  return articles[shape.type]
}
