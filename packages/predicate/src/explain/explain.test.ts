import { describe, expect, it } from 'vitest'
import type { Origin } from '../context/origin.ts'
import { statusContext } from '../context/status-context.ts'
import { parse } from '../parser/parse.ts'
import type { Value } from '../value/value.ts'
import { explain } from './explain.ts'
import type { Explanation } from './explanation.ts'

const facts = {
  ...statusContext(
    {
      'device.model.family': 'iPad',
      'device.operating-system.version': '16.10',
      'mdm.app': [
        { identifier: 'a', state: 'managed' },
        { identifier: 'b', state: 'queued' },
      ],
    },
    { roles: ['Lower', 'IT'], vip: 'true', empty: [] },
  ),
  origin: (name: string): Origin => ({ state: name.startsWith('passcode.') ? 'not-subscribed' : 'present' }),
}
const of = (source: string) => explain(parse(source), facts)

function parts(part: Explanation): readonly Explanation[] {
  return [part, ...part.children.flatMap(parts)]
}

function valueOfPart(source: string, text: string): Value | undefined {
  const result = parts(of(source).tree).find((part) => part.text === text)?.result
  return result?.kind === 'value' ? result.value : `${result?.kind}`
}

const whyOf = (source: string) => of(source).tree.why

describe('an explanation', () => {
  it('has every part with its value', () => {
    const source = '@status(device.model.family) == "iPad" AND ("IT" IN @property(roles) OR @property(vip) == 1)'
    expect(parts(of(source).tree).map(({ text }) => text)).toEqual([
      source,
      '@status(device.model.family) == "iPad"',
      '@status(device.model.family)',
      '"iPad"',
      '"IT" IN @property(roles) OR @property(vip) == 1',
      '"IT" IN @property(roles)',
      '"IT"',
      '@property(roles)',
      '@property(vip) == 1',
      '@property(vip)',
      '1',
    ])
    expect(valueOfPart(source, '@property(roles)')).toEqual(['Lower', 'IT'])
    expect(valueOfPart(source, '@property(vip) == 1')).toBe(false)
  })

  it('has the same outcome as the evaluation, and every part agrees with it', () => {
    const { outcome, tree } = of('NOT (@status(device.model.family) == "Mac")')
    expect([outcome.kind, tree.result]).toEqual(['true', { kind: 'value', value: true }])
  })

  it('tells where a value comes from', () => {
    const found = parts(
      of('@status(passcode.is-present) == TRUE OR @property(vip) == @status(device.model.family)').tree,
    )
    const source = (text: string) => found.find((part) => part.text === text)?.source
    expect(source('@status(passcode.is-present)')).toEqual({ kind: 'status', origin: { state: 'not-subscribed' } })
    expect(source('@status(device.model.family)')).toEqual({ kind: 'status', origin: { state: 'present' } })
    expect(source('@property(vip)')).toEqual({ kind: 'property' })
    expect(source('TRUE')).toEqual({ kind: 'literal' })
  })

  it.each([
    ['@status(passcode.is-present) == TRUE', 'one side is missing, and so == is false'],
    ['@property(gone) != "x"', 'one side is missing, and so differs'],
    ['@property(gone) <= @property(lost)', 'both sides are missing, and so the same'],
    ['@property(gone) == nil', undefined],
    ['@property(vip) == TRUE', 'wrong type: a string is never equal to a boolean'],
    ['@status(device.model.family) == "ipad"', 'they differ in letter case only'],
    ['@status(device.model.family) == "iPad "', 'they differ in white space only'],
    ['@status(device.model.family) == "Mac"', undefined],
    ["@status(device.operating-system.version) >= '16.4'", 'compared as text, in which "16.10" comes before "16.4"'],
    ["@status(device.model.family) > 'a'", 'compared as text'],
    ["ANY @property(roles) == 'IT'", '"IT" does'],
    ["ANY @property(roles) == 'x'", 'none of 2 does'],
    ["ALL @property(roles) == 'IT'", '"Lower" does not'],
    ["ALL @property(roles) != 'x'", 'all 2 do'],
    ["NONE @property(gone) == 'x'", 'there is no list, and NONE of nothing is true'],
    ["ANY @property(empty) == 'x'", 'the list is empty, and ANY of nothing is false'],
  ])('says of %s: %s', (source, why) => expect(whyOf(source)).toBe(why))

  it('has an error where it arises, and keeps it', () => {
    const { outcome, tree, deciding } = of('NOT @status(device.model.family) > 3')
    expect([outcome.kind, tree.result.kind, tree.why]).toEqual(['error', 'error', undefined])
    expect(deciding.text).toBe('@status(device.model.family) > 3')
    expect(deciding.why).toBe('> needs two numbers, two strings or two dates, found a string and a number')
  })

  it('shows what was skipped, and what it would have been', () => {
    const { tree } = of('@property(vip) == "no" AND @status(device.model.family) > 3')
    expect(tree.children.map(({ skipped, result }) => [skipped, result.kind])).toEqual([
      [false, 'value'],
      [true, 'error'],
    ])
  })

  it('goes through the elements of a SUBQUERY, outer ones included', () => {
    const inner = 'SUBQUERY(@property(roles), $r, $r == $app.@key(state)).@count == 0'
    const { tree } = of(`SUBQUERY(@status(mdm.app), $app, $app.@key(state) == 'managed' AND ${inner}).@count == 1`)
    const elements = parts(tree).filter((part) => part.element?.variable === 'app')
    expect(elements.map(({ result }) => result)).toEqual([
      { kind: 'value', value: true },
      { kind: 'value', value: false },
    ])
    expect(parts(tree).every(({ result }) => result.kind === 'value')).toBe(true)
  })

  it('keeps what an assignment leaves behind', () => {
    expect(valueOfPart('($x := 3) == 3 AND $x > 2', '$x > 2')).toBe(true)
  })
})

describe('what decides', () => {
  const decides = (source: string) => of(source).deciding.text

  it.each([
    ['TRUEPREDICATE AND FALSEPREDICATE AND 1 == 2', 'FALSEPREDICATE'],
    ['FALSEPREDICATE OR 1 == 1 OR TRUEPREDICATE', '1 == 1'],
    ['TRUEPREDICATE AND 1 == 1', 'TRUEPREDICATE AND 1 == 1'],
    ['FALSEPREDICATE OR 1 == 2', 'FALSEPREDICATE OR 1 == 2'],
    ['NOT (1 == 1 AND (2 == 2 AND 3 == 4))', '3 == 4'],
    ['1 == 1 AND (2 == 3 OR "a" > 3)', '"a" > 3'],
  ])('%s is %s', (source, text) => expect(decides(source)).toBe(text))
})

describe('absences', () => {
  it('are the outcome without each value that is there', () => {
    const { absences } = of(
      '@status(device.model.family) != "Mac" AND "IT" IN @property(roles) AND @property(gone) == nil',
    )
    expect(absences).toEqual([
      { term: '@status(device.model.family)', outcome: { kind: 'true' } },
      { term: '@property(roles)', outcome: { kind: 'false' } },
    ])
  })
})
