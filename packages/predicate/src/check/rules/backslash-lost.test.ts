import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { backslashLost } from './backslash-lost.ts'

const found = findings(backslashLost)

describe('a single backslash', () => {
  it.each([
    `@property(a) MATCHES '\\\\d+'`,
    `@property(a) == 'it\\'s \\n'`,
    `@property(a) == '\\u00e9\\101'`,
    "@property(a) LIKE 'a*'",
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    [`@property(a) MATCHES '\\d+'`, 'backslash-lost', 'error', 22, `| '\\\\d+'`],
    [`@property(a) MATCHES '16\\..*'`, 'backslash-lost', 'warning', 22, `| '16\\\\..*'`],
    [`@property(a) == '\\\\\\q'`, 'backslash-lost', 'warning', 17, `| '\\\\\\\\q'`],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
