import type { Json } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { type ItemFact, NOT_GIVEN } from './device-facts.ts'
import { propertySources } from './property-sources.ts'
import { readingOf } from './reading.ts'
import { decidingNode, weigh } from './weigh.ts'

const reported = (value: Json): ItemFact => ({ answer: 'value', value, at: 1 })
const items = new Map<string, ItemFact>([
  ['passcode.is-compliant', reported(true)],
  ['device.model.family', reported('iPad')],
  ['mdm.app', reported([{ identifier: 'a', state: 'managed' }])],
  ['passcode.is-present', { answer: 'never-reported', value: null, at: null }],
  ['device.power.battery-health', { answer: 'absent', value: null, at: null }],
  ['diskmanagement.filevault.enabled', { answer: 'unsupported', value: null, at: null }],
])
const held = (identifier: string, payload: { readonly [key: string]: Json }) => {
  return { kind: 'management', identifier, type: 'com.apple.management.properties', serverToken: '', payload } as const
}
const properties = propertySources([
  held('school', { roles: ['Lower'], site: { code: 'N' }, 'site.x': 1, age: 7 }),
  held('other', { age: 8 }),
])
const weighed = (source: string) => weigh(source, readingOf(items, properties))
const outcomes = (source: string) => weighed(source).outcomes

describe('what is known', () => {
  it('comes to one outcome', () => {
    expect(outcomes('@status(passcode.is-compliant) == TRUE')).toEqual(['true'])
    expect(outcomes('"Upper" IN @property(roles)')).toEqual(['false'])
    expect(outcomes('@status(device.model.family) < 3')).toEqual(['error'])
  })

  it('an absent item and a property that nothing sets are nil', () => {
    expect(outcomes('@status(device.power.battery-health) == nil')).toEqual(['true'])
    expect(outcomes('@property(nothing) == nil')).toEqual(['true'])
  })

  it('finds keys below an item and below a property, the longest name first', () => {
    expect(outcomes('@property(site.code) == "N"')).toEqual(['true'])
    expect(outcomes('@property(site.x) == 1')).toEqual(['true'])
    expect(outcomes('ANY @status(mdm.app.state) == "managed"')).toEqual(['true'])
  })
})

describe('what is not known', () => {
  it('is not false', () => {
    expect(outcomes('@status(passcode.is-present) == TRUE')).toEqual(['true', 'false', 'error'])
    expect(outcomes('@status(softwareupdate.install-state) == "none"')).toContain('true')
  })

  it('does not count where it changes nothing', () => {
    const known = '@status(passcode.is-compliant) == FALSE'
    expect(outcomes(`(${known}) AND (@status(passcode.is-present) == TRUE)`)).toEqual(['false'])
    expect(outcomes(`NOT (${known}) OR (@status(passcode.is-present) == TRUE)`)).toEqual(['true'])
  })

  it('an item that the device does not have is nil or an error', () => {
    expect(outcomes('@status(diskmanagement.filevault.enabled) == TRUE')).toEqual(['false', 'error'])
    expect(outcomes('@status(diskmanagement.filevault.enabled) != TRUE')).toEqual(['true', 'error'])
    expect(outcomes('@status(device.nonsense) == 1')).toEqual(['false', 'error'])
  })

  it('nor is a property that two declarations set differently, a bare key, and the time', () => {
    for (const source of ['@property(age) == 7', 'passcode == 1', 'now() == nil'])
      expect(outcomes(source)).toEqual(['true', 'false', 'error'])
  })
})

describe('the deciding node', () => {
  const decides = (source: string) => decidingNode(weighed(source))?.text

  it('is the first false one of an AND, the first true one of an OR, the whole where all are needed', () => {
    const [yes, no] = ['@status(passcode.is-compliant) == TRUE', '@status(device.model.family) == "Mac"']
    expect(decides(`(${yes}) AND (${no})`)).toBe(no)
    expect(decides(`(${no}) OR (${yes})`)).toBe(yes)
    expect(decides(`NOT (${no})`)).toBe(no)
    expect(decides(`(${yes}) AND (NOT (${no}))`)).toBe(`${yes} AND (NOT ${no})`)
  })

  it('is what is not known, where the outcome is not', () => {
    const open = '@status(passcode.is-present) == TRUE'
    expect(decides(`(@status(passcode.is-compliant) == TRUE) AND (${open})`)).toBe(open)
  })

  it('leaves unreached what stands behind it', () => {
    const { tree } = weighed('(1 == 2) AND (@status(passcode.is-present) == TRUE)')
    expect(tree?.operands.map(({ reached }) => reached)).toEqual([true, false])
  })
})

describe('each part', () => {
  it('has its value and where that comes from', () => {
    expect(weighed('@status(passcode.is-compliant) == TRUE').tree?.parts).toMatchObject([
      {
        text: '@status(passcode.is-compliant)',
        value: true,
        origin: { from: 'status', item: 'passcode.is-compliant', answer: 'value', at: 1 },
      },
    ])
    expect(weighed('"Lower" IN @property(roles)').tree?.parts).toMatchObject([
      { value: ['Lower'], origin: { from: 'property', declarations: ['school'] } },
    ])
    expect(weighed('@property(age) == 7').tree?.parts).toMatchObject([
      { reads: 'open', origin: { declarations: ['other', 'school'] } },
    ])
  })

  it('goes down to the elements of a SUBQUERY', () => {
    const [count] = weighed('SUBQUERY(@status(mdm.app), $a, $a.@key(state) == "managed").@count == 1').tree?.parts ?? []
    expect(count).toMatchObject({ value: 1, parts: [{ parts: [{ text: '@status(mdm.app)' }, { value: true }] }] })
  })
})

it('says why a predicate cannot be parsed', () => {
  expect(weighed('1 ==')).toMatchObject({
    outcomes: ['error'],
    tree: null,
    error: expect.stringMatching('Cannot parse'),
  })
})

it('weighs as a whole what assigns a variable', () => {
  expect(outcomes('($x := @status(device.model.family)) == "iPad" AND $x == "iPad"')).toEqual(['true'])
  expect(NOT_GIVEN.value).toBeNull()
})
