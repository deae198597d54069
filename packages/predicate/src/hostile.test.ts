import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  check,
  checkSource,
  evaluate,
  formatError,
  limits,
  PredicateError,
  parse,
  print,
  statusContext,
} from './index.ts'

const context = {
  ...statusContext({ 'device.model.family': 'iPad' }, { roles: ['a', 'b'], age: 7 }, { a: 'aaaa', n: [1, 2, 3] }),
  now: 0,
}
const items = { has: () => true, names: () => [] }

/** Runs something that may use the processor for so long; what others do on a busy machine does not count. */
function within<T>(milliseconds: number, run: () => T): T {
  const before = process.threadCpuUsage()
  const outcome = run()
  const { user, system } = process.threadCpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(milliseconds)
  return outcome
}

const piece = fc.constantFrom(
  ...'( ) { } [ ] , . + - * / ** == != < > <= >= := : $x $y a n SELF 1 2.5 0x1F "a" \'b\' "(a*)*" nil TRUE'.split(' '),
  ...'AND OR NOT && || ! ANY ALL NONE SOME IN CONTAINS BEGINSWITH LIKE MATCHES BETWEEN UNION MINUS FIRST SIZE'.split(
    ' ',
  ),
  ...'SUBQUERY( TERNARY( CAST( FUNCTION( sum( now() modulus:by:( @count @max #size [cd] TRUEPREDICATE % \\'.split(' '),
  ...'@status(device.model.family) @property(roles) @key(x) .@key(x) .@count .@sum. 999999999999999999999'.split(' '),
)

describe('a hostile predicate', () => {
  it('is read or refused, and what is read prints, checks and evaluates', () => {
    const source = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' ')),
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      fc.string(),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(source, (text) => {
        try {
          const tree = parse(text)
          expect(print(parse(print(tree)))).toBe(print(tree))
          check(tree, items)
        } catch (error) {
          if (!(error instanceof PredicateError)) throw error
          expect(error.stage).toBe('parse')
          expect(formatError(text, error)).toContain('^')
        }
        expect(['true', 'false', 'error']).toContain(evaluate(text, context).kind)
      }),
      { numRuns: 5000 },
    )
  })

  it.each([
    ['parentheses', `${'('.repeat(30_000)}a == 1${')'.repeat(30_000)}`, 'nested-too-deeply'],
    ['negations', `${'NOT '.repeat(15_000)}a == 1`, 'nested-too-deeply'],
    ['minus signs', `${'-'.repeat(60_000)}1 == 1`, 'nested-too-deeply'],
    ['powers', `1${' ** 1'.repeat(10_000)} == 1`, 'nested-too-deeply'],
    ['sums', `1${' + 1'.repeat(15_000)} == 1`, 'nested-too-deeply'],
    ['braces', `${'{'.repeat(30_000)}${'}'.repeat(30_000)} == 1`, 'nested-too-deeply'],
    ['indexes', `${'a['.repeat(20_000)}1${']'.repeat(20_000)} == 1`, 'nested-too-deeply'],
    ['ternaries', `${'TERNARY(('.repeat(6_000)}a == 1`, 'nested-too-deeply'],
    ['subqueries', `${'SUBQUERY(n, $x, '.repeat(4_000)}a == 1`, 'nested-too-deeply'],
    ['characters', `a == "${'x'.repeat(1_000_000)}"`, 'source-too-long'],
    ['characters in a name', `@status(${'x'.repeat(2000)}) == 1`, 'name-too-long'],
  ])('with too many %s is refused at once', (_what, source, code) => {
    expect(within(500, () => evaluate(source, context))).toMatchObject({ kind: 'error', stage: 'parse', code })
  })

  it('is read in linear time where predicates and expressions look alike', () => {
    const deep = `${'TERNARY((('.repeat(20)}a${'))) == 1, 1, 2)'.repeat(20)} == 1`
    within(500, () => evaluate(deep, context))
    const long = Array.from({ length: 4000 }, (_, index) => `a == ${index}`).join(' OR ')
    expect(within(500, () => evaluate(long, context))).toEqual({ kind: 'false' })
    const path = `a${'.b'.repeat(30_000)} == nil`
    within(500, () => evaluate(path, { ...context, root: {} }))
  })

  it.each([
    ['(a*)*b', 'aaaa'],
    ['(a|a)*b', 'a'],
    ['(a|aa)+b$', 'a'],
    ['(.*)*(.*)*(.*)*x', 'ab'],
    ['((a{0,30}){0,30}){0,10}b', 'a'],
    ['(?=(a+)+b)(a+)+', 'a'],
    ['([a-z]+)*[0-9]', 'abc'],
  ])('cannot make MATCHES %s run away', (pattern, unit) => {
    const root = { text: unit.repeat(20_000) }
    const outcome = within(3000, () => evaluate(`text MATCHES '${pattern}'`, { ...context, root }))
    expect(outcome).not.toEqual({ kind: 'true' })
  })

  it.each([
    ['(a{1000}){1000}', 'regex-too-large'],
    ['((){99999}){99999}', 'regex-too-large'],
    ['(a)\\\\1', 'regex-unsupported'],
    ['(?>a)', 'regex-unsupported'],
    ['a++', 'regex-unsupported'],
    ['('.repeat(5000), 'regex-invalid'],
    ['['.repeat(5000), 'regex-invalid'],
    ['a{2,1}', 'regex-invalid'],
  ])('with the pattern %s is refused', (pattern, code) => {
    const outcome = within(500, () => evaluate(`'a' MATCHES '${pattern}'`, context))
    expect(outcome).toMatchObject({ kind: 'error', stage: 'evaluate', code })
  })

  it('cannot make LIKE or CONTAINS run away', () => {
    const root = { text: 'a'.repeat(1_000_000), needle: `b${'a'.repeat(30_000)}` }
    within(2000, () => evaluate(`text LIKE '${'*a'.repeat(20_000)}b'`, { ...context, root }))
    expect(within(2000, () => evaluate('text CONTAINS needle', { ...context, root }))).toEqual({ kind: 'false' })
  })

  it('stops when its work grows beyond the limit', () => {
    const root = { list: Array.from({ length: 3000 }, (_, index) => index) }
    const nested = 'SUBQUERY(list, $x, SUBQUERY(list, $y, $x == $y).@count > 0).@count > 0'
    const outcome = within(3000, () => evaluate(nested, { ...context, root }))
    expect(outcome).toMatchObject({ kind: 'error', code: 'too-much-work' })
    const doubling = Array.from({ length: 60 }, () => '($x := {$x, $x}) != 1').join(' AND ')
    within(3000, () => evaluate(`($x := 1) == 1 AND ${doubling} AND $x == $x`, context))
  })

  it('does not reach what JavaScript objects inherit', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(evaluate(`${name} == nil`, context)).toEqual({ kind: 'true' })
      expect(evaluate(`@status(${name}) == nil`, context)).toEqual({ kind: 'true' })
      expect(evaluate(`SELF['${name}'] == nil`, context)).toEqual({ kind: 'true' })
      expect(evaluate(`a.${name} == nil`, context)).toMatchObject({ kind: 'error', code: 'key-unknown' })
    }
  })

  it('meets values that are nested without end', () => {
    const loop: unknown[] = []
    loop.push(loop)
    const root = { loop: loop as never }
    expect(evaluate('loop == loop', { ...context, root })).toMatchObject({ code: 'value-too-deep' })
    expect(evaluate('loop.k == 1', { ...context, root })).toMatchObject({ code: 'value-too-deep' })
    expect(limits.depth).toBeLessThanOrEqual(128)
  })

  it.each([
    ['alternatives', Array.from({ length: 2400 }, (_, index) => `@property(a) == ${index}`).join(' OR ')],
    ['demands', Array.from({ length: 1900 }, (_, index) => `@property(a${index}) != ${index}`).join(' AND ')],
    ['contradictions', Array.from({ length: 2400 }, (_, index) => `@property(a) > ${index}`).join(' AND ')],
    ['unknowns', Array.from({ length: 1500 }, (_, index) => `'x' IN @property(a${index})`).join(' OR ')],
    ['elements', `@property(a) IN {${Array.from({ length: 9000 }, (_, index) => index).join(', ')}}`],
    ['levels', `${'(@property(a) == 1 AND NOT ('.repeat(40)}@property(b) == 2${'))'.repeat(40)}`],
    ['backslashes', `@property(a) == '${'\\d'.repeat(30_000)}'`],
    ['quotes', `@property(a) MATCHES '${'“.*'.repeat(20_000)}'`],
  ])('of many %s is checked in bounded time', (_what, source) => {
    parse(source)
    within(4000, () => checkSource(source, { ...items, unavailableOn: () => ['macOS'] }))
  })
})
