import { describe, expect, it } from 'vitest'
import { findings } from '../../testing/findings.ts'
import { matchesAsSearch } from './matches-as-search.ts'

const found = findings(matchesAsSearch)

describe('MATCHES that is something simpler', () => {
  it.each([
    "@status(device.model.family) MATCHES 'iP(ad|hone)'",
    "@status(device.operating-system.version) MATCHES '1[78]([.].*)?'",
    '@property(a) MATCHES @property(b)',
  ])('has nothing to say about %s', (source) => expect(found(source)).toEqual([]))

  it.each([
    [
      "@status(device.model.family) MATCHES 'iPad'",
      'matches-as-search',
      'warning',
      38,
      '@status(device.model.family) == "iPad"',
    ],
    ["@property(name) MATCHES[c] '.*lab.*'", 'matches-as-search', 'warning', 28, '@property(name) CONTAINS[c] "lab"'],
    ["@property(name) MATCHES '^lab.*'", 'matches-as-search', 'warning', 25, '@property(name) BEGINSWITH "lab"'],
    ["@property(name) MATCHES '.*lab$'", 'matches-as-search', 'warning', 25, 'ENDSWITH'],
  ])('finds in %s: %s', (source, code, severity, column, shown) => {
    const [problem, ...more] = found(source)
    expect(more).toEqual([])
    expect(problem).toMatchObject({ code, severity, at: { column } })
    expect(`${problem?.message} | ${problem?.rewrite}`).toContain(shown)
  })
})
