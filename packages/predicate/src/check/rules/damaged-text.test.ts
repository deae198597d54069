import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { damagedText } from './damaged-text.ts'

const found = findings(damagedText)

describe('a string that was copied with its quotes', () => {
  it.each(["@property(a) == 'Ada’s iPad'", "@property(a) == 'x & y'", `@property(a) == '"'`])(
    'has nothing to say about %s',
    (source) => expect(found(source)).toEqual([]),
  )

  it.each([
    [`@property(a) == '"iPad"'`, 'damaged-text', 'warning', 17, '| "iPad"'],
    ["@property(a) == '“iPad”'", 'damaged-text', 'warning', 17, '| "iPad"'],
    ["@property(a) == 'R&amp;D'", 'damaged-text', 'warning', 17, '| "R&D"'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
