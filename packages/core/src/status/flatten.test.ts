import type { JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportedItems } from './flatten.ts'

const items = (report: JsonObject) => reportedItems(report).map(({ name, value }) => [name, value])

describe('reportedItems', () => {
  it('takes known items out of their nesting, whole', () => {
    const report = {
      device: { model: { family: 'iPad' }, 'operating-system': { version: '26.4.2' } },
      'mdm.app': [{ identifier: 'com.example.app', state: 'managed' }],
      softwareupdate: { 'pending-version': { 'os-version': '26.5', 'build-version': '23F1' } },
    }
    expect(items(report)).toEqual([
      ['device.model.family', 'iPad'],
      ['device.operating-system.version', '26.4.2'],
      ['mdm.app', [{ identifier: 'com.example.app', state: 'managed' }]],
      ['softwareupdate.pending-version', { 'os-version': '26.5', 'build-version': '23F1' }],
    ])
  })

  it('takes any namespace that the catalogue does not know, leaf by leaf', () => {
    const report = { com: { example: { tomorrow: { level: 3, tags: ['a'], none: {} } } } }
    expect(items(report)).toEqual([
      ['com.example.tomorrow.level', 3],
      ['com.example.tomorrow.tags', ['a']],
      ['com.example.tomorrow.none', {}],
    ])
  })

  it('keeps the four arrays of management.declarations together', () => {
    const declarations = { activations: [], assets: [], configurations: [], management: [] }
    expect(items({ management: { declarations } })).toEqual([['management.declarations', declarations]])
  })

  it('takes keys as they are, also __proto__, constructor and null', () => {
    const report = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1},"nothing":null}')
    expect(items(report)).toEqual([
      ['__proto__.polluted', true],
      ['constructor.prototype', 1],
      ['nothing', null],
    ])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('gives a bounded number of items, with names of bounded length', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`x${index}`, index]))
    expect(reportedItems(many)).toHaveLength(10_000)
    expect(items({ ['x'.repeat(2000)]: 1, ok: 2 })).toEqual([['ok', 2]])
  })

  it('loses no leaf of what nobody knows', () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/)
    const tree = fc.letrec<{ node: JsonObject }>((tie) => ({
      node: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, fc.integer(), fc.boolean(), tie('node')), {
        minKeys: 1,
        maxKeys: 4,
      }),
    })).node
    const leaves = (value: unknown): number =>
      typeof value === 'object' && value !== null && Object.keys(value).length > 0
        ? Object.values(value).reduce((sum: number, each) => sum + leaves(each), 0)
        : 1
    fc.assert(fc.property(tree, (each) => reportedItems({ zz: each }).length === leaves(each)))
  })
})
