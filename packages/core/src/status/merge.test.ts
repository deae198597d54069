import type { Json, JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReportedItem } from './flatten.ts'
import { CAPABILITIES_ITEM, DECLARATIONS_ITEM, mergeStatus } from './merge.ts'

type Known = ReadonlyMap<string, Json>

/** What is known after a report, as the store would write it. */
function after(known: Known, reported: readonly ReportedItem[], full = false): Map<string, Json> {
  const { put, gone } = mergeStatus(known, reported, full)
  const merged = new Map(known)
  for (const { name, value } of put) merged.set(name, value)
  for (const name of gone) merged.delete(name)
  return merged
}

const one = (name: string, known: Json | undefined, value: Json, full = false) =>
  after(known === undefined ? new Map() : new Map([[name, known]]), [{ name, value }], full).get(name)

const app = (identifier: string, state: string) => ({ identifier, state })

describe('a report', () => {
  it('replaces the items that it carries and leaves the others', () => {
    const known = new Map<string, Json>([
      ['device.operating-system.version', '26.4'],
      ['passcode.is-present', true],
    ])
    const reported = [{ name: 'device.operating-system.version', value: '26.5' }]
    expect([...after(known, reported)]).toEqual([
      ['device.operating-system.version', '26.5'],
      ['passcode.is-present', true],
    ])
  })

  it('that comes again changes nothing; true, false, true are three facts', () => {
    const name = 'passcode.is-present'
    let known: Known = new Map()
    const values = [true, false, true].map((value) => {
      known = after(known, [{ name, value }])
      return known.get(name)
    })
    expect(values).toEqual([true, false, true])
    fc.assert(
      fc.property(
        fc.array(fc.record({ identifier: fc.constantFrom('a', 'b', 'c'), _removed: fc.boolean() })),
        (value) => {
          const report = [{ name: 'mdm.app', value }]
          const once = after(new Map(), report)
          expect(after(once, report)).toEqual(once)
        },
      ),
    )
  })
})

describe('an array whose items have identifiers', () => {
  const known = [app('a', 'installing'), app('b', 'managed')]

  it('adds what is new, replaces what is known whole, and deletes what is removed, in both spellings', () => {
    expect(one('mdm.app', known, [app('c', 'queued')])).toEqual([...known, app('c', 'queued')])
    expect(one('mdm.app', known, [{ identifier: 'a', name: 'A' }])).toEqual([
      { identifier: 'a', name: 'A' },
      app('b', 'managed'),
    ])
    expect(one('mdm.app', known, [{ identifier: 'a', _removed: true }])).toEqual([app('b', 'managed')])
    expect(one('mdm.app', known, [{ identifier: 'a', removed: true }])).toEqual([app('b', 'managed')])
  })

  it('is not changed by an empty list, nor by the removal of what is not there', () => {
    expect(one('mdm.app', known, [])).toEqual(known)
    expect(one('mdm.app', known, [{ identifier: 'z', _removed: true }])).toEqual(known)
  })

  it('is merged in namespaces that the catalogue does not know, too', () => {
    const removal = [{ identifier: 'a', _removed: true }, app('c', 'queued')]
    expect(one('com.example.things', known, removal)).toEqual([app('b', 'managed'), app('c', 'queued')])
  })

  it('keeps elements that break the rule, each once', () => {
    const odd = [{ state: 'queued' }, { state: 'failed' }, app('c', 'managed')]
    const merged = one('mdm.app', [app('a', 'managed')], odd)
    expect(merged).toEqual([app('a', 'managed'), ...odd])
    expect(one('mdm.app', merged, odd)).toEqual(merged)
  })

  it('is not confused by an identifier called __proto__', () => {
    const item = JSON.parse('{"identifier":"__proto__","__proto__":{"state":"x"}}')
    expect(JSON.stringify(one('mdm.app', known, [item]))).toContain('"identifier":"__proto__"')
    expect(one('mdm.app', [item], [{ identifier: '__proto__', _removed: true }])).toEqual([])
  })

  it('that becomes another type is replaced', () => {
    expect(one('mdm.app', 'broken', [app('a', 'managed')])).toEqual([app('a', 'managed')])
    expect(one('mdm.app', known, 'broken')).toBe('broken')
  })
})

describe('an array whose items have none', () => {
  it('is replaced whole', () => {
    expect(one('com.example.tags', ['a', 'b'], ['c'])).toEqual(['c'])
    expect(one('com.example.tags', ['a', 'b'], [])).toEqual([])
    expect(one('test.array-value', ['a', 'b'], ['c'])).toEqual(['c'])
    expect(one('mdm.app', [{ state: 'queued' }], [{ state: 'failed' }])).toEqual([{ state: 'failed' }])
  })
})

describe('a full report', () => {
  const known = new Map<string, Json>([
    ['passcode.is-present', true],
    ['mdm.app', [app('a', 'managed'), app('b', 'managed')]],
    [CAPABILITIES_ITEM, { 'supported-versions': ['1.0.0'] }],
    ['com.example.x', 1],
  ])

  it('replaces every item except the capabilities', () => {
    expect([...after(known, [{ name: 'mdm.app', value: [app('b', 'failed')] }], true)]).toEqual([
      ['mdm.app', [app('b', 'failed')]],
      [CAPABILITIES_ITEM, { 'supported-versions': ['1.0.0'] }],
    ])
  })

  it('replaces the capabilities when it carries them', () => {
    const value = { 'supported-versions': ['2.0.0'] }
    expect(after(known, [{ name: CAPABILITIES_ITEM, value }], true).get(CAPABILITIES_ITEM)).toEqual(value)
  })

  it('has no use for removed items', () => {
    expect(one('mdm.app', [app('a', 'managed')], [{ identifier: 'a', _removed: true }, app('b', 'x')], true)).toEqual([
      app('b', 'x'),
    ])
  })
})

describe('management.declarations', () => {
  const known = {
    activations: [{ identifier: 'on' }],
    configurations: [{ identifier: 'p' }],
    assets: [],
    management: [],
  }

  it('has each of its arrays replaced that is present', () => {
    const value = { configurations: [{ identifier: 'q' }] }
    expect(one(DECLARATIONS_ITEM, known, value)).toEqual({ ...known, ...value })
  })

  it('is replaced whole by a full report', () => {
    const value = { configurations: [{ identifier: 'q' }] }
    expect(one(DECLARATIONS_ITEM, known, value, true)).toEqual(value)
  })
})

describe('over any history of an array, reported as differences', () => {
  const element = fc.record({ identifier: fc.constantFrom('a', 'b', 'c', '__proto__', '1'), level: fc.nat(3) })
  const array = fc.uniqueArray(element, { selector: ({ identifier }) => identifier })
  const step = fc.record({
    array,
    spelling: fc.constantFrom('_removed', 'removed'),
    full: fc.boolean(),
    twice: fc.boolean(),
  })
  const sorted = (value: Json | undefined) =>
    [...((value ?? []) as readonly JsonObject[])].sort((a, b) => (String(a.identifier) < String(b.identifier) ? -1 : 1))

  it.each(['mdm.app', 'com.example.things'])('%s ends equal to what the device has', (name) => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let device: readonly { identifier: string; level: number }[] = []
        let known: Known = new Map()
        for (const { array: next, spelling, full, twice } of steps) {
          const gone = device.filter(({ identifier }) => !next.some((item) => item.identifier === identifier))
          const changed = next.filter(
            (item) => !device.some((old) => old.identifier === item.identifier && old.level === item.level),
          )
          const difference = [...changed, ...gone.map(({ identifier }) => ({ identifier, [spelling]: true }))]
          device = next
          if (!full && difference.length === 0) continue
          const report = [{ name, value: full ? next : difference }]
          known = after(known, report, full)
          if (twice) known = after(known, report, full)
          expect(sorted(known.get(name))).toEqual(sorted([...device]))
        }
      }),
    )
  })
})
