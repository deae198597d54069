import { describe, expect, it } from 'vitest'
import { parse } from '../parser/parse.ts'
import { appleItems } from '../testing/apple-items.ts'
import { shardProblems } from './shard-problems.ts'

const found = (...sources: readonly string[]) =>
  shardProblems(
    sources.map((source, index) => ({ name: `p${index}`, predicate: parse(source) })),
    appleItems,
  ).map(({ code, from, to, by }) => [code, from, to, ...by].join(' '))

describe('predicates that divide devices by @property(shard)', () => {
  it('may be one after the other', () => {
    expect(found('@property(shard) <= 49', '@property(shard) >= 50')).toEqual([])
    expect(found('@property(shard) BETWEEN {0, 9}', '@property(shard) BETWEEN {10, 100}')).toEqual([])
  })

  it('may ask for more, which keeps others out', () => {
    const [pads, macs] = ["@status(device.model.family) == 'iPad'", "@status(device.model.family) == 'Mac'"]
    expect(found(`@property(shard) <= 100 AND ${pads}`, `@property(shard) <= 100 AND ${macs}`)).toEqual([])
  })

  it('have no gap: there are 101 numbers', () => {
    expect(found('@property(shard) < 50', '@property(shard) > 50 AND @property(shard) < 100')).toEqual([
      'shard-gap 50 50',
      'shard-gap 100 100',
    ])
  })

  it('have no overlap', () => {
    expect(found('@property(shard) <= 75', '@property(shard) >= 70', "@property(name) == 'x'")).toEqual([
      'shard-overlap 70 75 p0 p1',
    ])
  })

  it('are more than one, or nothing is said', () => {
    expect(found('(@property(shard) <= 75)')).toEqual([])
  })
})
