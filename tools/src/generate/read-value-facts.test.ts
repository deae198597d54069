import { describe, expect, it } from 'vitest'
import { dictionaryFacts } from './read-value-facts.ts'
import { SchemaError } from './schema-error.ts'

const at = { file: 'planted.yaml', steps: ['payloadkeys'] }
const read = (...keys: readonly object[]) => dictionaryFacts(keys, at).keys
const codeOf = (read: () => unknown): string | undefined => {
  try {
    read()
  } catch (error) {
    return error instanceof SchemaError ? error.code : undefined
  }
  return undefined
}

describe('dictionaryFacts', () => {
  it('takes every fact of a key and none of its texts', () => {
    const key = {
      key: 'Depth',
      title: 'Prose',
      content: 'Prose',
      type: '<integer>',
      presence: 'optional',
      default: 1,
      range: { min: 0, max: 4 },
      rangelist: [1, 2],
      combinetype: 'number-max',
      format: '^\\d$',
      repetition: { min: 2, max: 2 },
      supportedOS: { macOS: { removed: '14.0', userenrollment: { mode: 'forbidden', behavior: 'Prose' } } },
    }
    expect(read(key)).toEqual({
      Depth: {
        type: 'integer',
        presence: 'optional',
        default: 1,
        range: { min: 0, max: 4 },
        rangelist: [1, 2],
        combine: 'number-max',
        format: '^\\d$',
        repetition: { min: 2, max: 2 },
        availability: { macOS: { removed: '14.0', userEnrollment: 'forbidden' } },
      },
    })
  })

  it('an array of one kind has an item, of several it has alternatives by their labels', () => {
    const items = [
      { key: 'A', type: '<string>' },
      { key: 'B', type: '<integer>' },
    ]
    expect(read({ key: 'One', type: '<array>', subkeys: items.slice(0, 1) })?.One?.item).toEqual({ type: 'string' })
    expect(read({ key: 'Two', type: '<array>', subkeys: items })?.Two?.alternatives).toEqual({
      A: { type: 'string' },
      B: { type: 'integer' },
    })
  })

  it('keys in a string are the values it may have', () => {
    const subkeys = [{ key: 'UDID', type: '<string>', supportedOS: { tvOS: { introduced: 'n/a' } } }]
    expect(read({ key: 'Query', type: '<string>', subkeys })?.Query?.choices).toEqual({
      UDID: { availability: { tvOS: 'n/a' } },
    })
  })

  it('ANY with a note of what it stands for is any key too', () => {
    const subkeys = [{ key: 'ANY app identifier', type: '<boolean>' }]
    expect(read({ key: 'Apps', type: '<dictionary>', subkeys })?.Apps?.others).toEqual({ type: 'boolean' })
  })

  it.each([
    ['attribute-unknown', { key: 'A', type: '<string>', colour: 'blue' }],
    ['attribute-missing', { key: 'A' }],
    ['word-unknown', { key: 'A', type: '<colour>' }],
    ['word-unknown', { key: 'A', type: '<string>', presence: 'sometimes' }],
    ['type-wrong', { key: 'A', type: '<string>', supportedOS: { iOS: { introduced: 27 } } }],
    ['version-wrong', { key: 'A', type: '<string>', supportedOS: { iOS: { introduced: 'soon' } } }],
    ['attribute-unknown', { key: 'A', type: '<string>', supportedOS: { homeOS: { introduced: '1.0' } } }],
    ['subkeys-misplaced', { key: 'A', type: '<integer>', subkeys: [] }],
    ['keys-none', { key: 'A', type: '<array>', subkeys: [] }],
  ])('refuses with %s what it does not understand', (code, key) => {
    expect(codeOf(() => read(key))).toBe(code)
  })

  it('refuses the same key twice, and ANY beside other keys', () => {
    const key = { key: 'A', type: '<string>' }
    expect(codeOf(() => read(key, { ...key }))).toBe('key-twice')
    expect(codeOf(() => read(key, { key: 'ANY', type: '<any>' }))).toBe('any-not-alone')
  })
})
