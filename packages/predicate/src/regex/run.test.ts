import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRegex } from './compile-regex.ts'
import { RegexError } from './regex-error.ts'
import { matchesWhole } from './run.ts'

const free = () => {}
const matches = (pattern: string, text: string, ignoreCase = false) =>
  matchesWhole(compileRegex(pattern, ignoreCase), text, free)

/** Patterns that mean the same to JavaScript. */
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    tie('piece'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}', '*?', '+?'))
      .map(([a, quantifier]) => `(${a})${quantifier}`),
    fc.tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), tie('pattern')).map(([look, a]) => `(${look}${a})`),
  ),
  piece: fc.constantFrom(
    'a',
    'b',
    'ab',
    '.',
    '[ab]',
    '[^a]',
    '\\d',
    '\\w',
    '^',
    '$',
    '\\b',
    '\\B',
    '',
    '1',
    '[a-c1-3]',
  ),
}))

describe('a whole match', () => {
  it('agrees with JavaScript on patterns that both know', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), maxLength: 8 }), (source, text) => {
        expect(matches(source, text)).toBe(new RegExp(`^(?:${source})$`, 'u').test(text))
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['[[:alpha:]]+', 'abé', true],
    ['[[a-z]&&[^aeiou]]+', 'xyz', true],
    ['[[a-z]&&[^aeiou]]+', 'xaz', false],
    ['[a-z--[x]]+', 'abx', false],
    ['[]a]+', ']a', true],
    ['[a\\-z]+', 'a-z', true],
    ['\\p{Lu}\\p{Ll}+', 'Été', true],
    ['\\P{L}', '1', true],
    ['\\pL', 'x', true],
    ['\\x41\\u0042\\x{43}\\0104', 'ABCD', true],
    ['(?i)straße', 'STRAßE', true],
    ['(?i:a)b', 'AB', false],
    ['a(?i)b', 'aB', true],
    ['[^a](?i)', 'A', true],
    ['(?i)[^a]', 'A', false],
    ['(?s).', '\n', true],
    ['.', '\n', false],
    ['.', '\u2028', false],
    ['(?m)a$\\n^b', 'a\nb', true],
    ['(?x) a b # c', 'ab', true],
    ['\\Qa+(b\\E.', 'a+(bc', true],
    ['a\\Rb', 'a\r\nb', true],
    ['(?<year>\\d{4})-\\d\\d', '2026-01', true],
    ['a(?#note)b', 'ab', true],
    ['\\Aab\\z', 'ab', true],
    ['.', '😀', true],
    ['[😀-😎]', '😃', true],
    ['a{2,}', 'a', false],
    ['', '', true],
  ])('of %s against %j is %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected)
  })

  it.each([
    '*',
    'a**',
    'a{',
    '}',
    '(',
    ')',
    '[a',
    '[b-a]',
    '\\',
    '\\q',
    '(?y)',
    'a{3,2}',
    '\\p{Nothing}',
    '(?<1>a)',
    '^*',
  ])('is refused for %s', (source) => expect(() => compileRegex(source, false)).toThrow(RegexError))

  it('takes work in proportion to text and pattern, whatever the pattern', () => {
    const work = (length: number) => {
      let spent = 0
      matchesWhole(compileRegex('((a|a)*)*b', false), 'a'.repeat(length), (steps) => {
        spent += steps
      })
      return spent
    }
    expect(work(2000) / work(1000)).toBeLessThan(2.1)
  })
})
