import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { translatedWord } from './translated-word.ts'

const found = findings(translatedWord)

describe('TRUE in another language', () => {
  it.each(['@status(passcode.is-present) == yes', '@property(a) == gold'])('has nothing to say about %s', (source) =>
    expect(found(source)).toEqual([]),
  )

  it.each([
    ['@status(passcode.is-present)==vrai', 'translated-word', 'error', 31, '| TRUE'],
    ['@status(passcode.is-present) == Falsch', 'translated-word', 'error', 33, '| FALSE'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
