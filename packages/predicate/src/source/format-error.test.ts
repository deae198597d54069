import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/refusal-of.ts'
import { formatError } from './format-error.ts'

describe('formatError', () => {
  it('puts a caret under the place', () => {
    const source = "a == 1 AND\nb = = 'x'"
    expect(formatError(source, refusalOf(source))).toBe(
      ['Cannot parse predicate: expected a value, found =', "2:5 | b = = 'x'", '          ^'].join('\n'),
    )
  })

  it('shows the part of a long line around the place', () => {
    const source = `a IN {${'1, '.repeat(100)}%}`
    const [, line = '', caret = ''] = formatError(source, refusalOf(source)).split('\n')
    expect(line.length).toBeLessThan(120)
    expect(line[caret.indexOf('^')]).toBe('%')
  })

  const shown = (source: string) => formatError(source, refusalOf(source)).split('\n').slice(1)

  it.each([
    ['two cells of a wide character', "a == '日本語' 5", 11 + 3],
    ['two cells of an emoji, however many code points make it', "a == '👨‍👩‍👧😀' 5", 9 + 3],
    ['no cell of a mark on a letter', "a == 'e\u0301e\u0301' 5", 10],
    ['one cell of a tab', "a ==\t\t'x' 5", 10],
  ])('counts %s', (_what, source, cell) => {
    const [line = '', caret = ''] = shown(source)
    expect(caret).toBe(`${' '.repeat('1:'.length + line.indexOf(' | ') - 2 + ' | '.length + cell)}^`)
  })

  it('leaves the characters whole where it cuts', () => {
    const [line = ''] = shown(`a IN {'${'😀'.repeat(199)}', %}`)
    expect(line.isWellFormed()).toBe(true)
  })

  it('shows no character that a terminal obeys or nobody sees', () => {
    const [line = ''] = shown("a == '\u001b[31m\u009b1m\u202e\u200b\ufeff' 5")
    expect(line).toBe("1:20 | a == '�[31m�1m���' 5")
    expect(formatError('a\u200b == 1', refusalOf('a\u200b == 1'))).toMatch(/^.*: U\+200B has no meaning here/)
  })
})
