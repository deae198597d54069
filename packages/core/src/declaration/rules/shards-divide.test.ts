import { describe, expect, it } from 'vitest'
import { activation, draftOf, passcode } from '../../testing/declared-of.ts'
import { findingsOf } from '../../testing/problems-of.ts'
import { shardsDivide } from './shards-divide.ts'

const found = (...predicates: readonly [string, string]) =>
  findingsOf(shardsDivide, [
    passcode('p', 6),
    passcode('q', 8),
    activation('old', ['p'], predicates[0]),
    activation('new', ['q'], predicates[1]),
  ])

describe('activations of alternatives by shard', () => {
  it('may divide all numbers', () => {
    expect(found('@property(shard) > 10', '@property(shard) <= 10')).toEqual([])
  })

  it('have no gap', () => {
    expect(found('@property(shard) > 10', '@property(shard) < 10')).toMatchObject([
      { of: 'new', problem: { code: 'shard-gap', severity: 'warning', found: '10', by: ['old', 'new'] } },
    ])
  })

  it('have no overlap', () => {
    expect(found('@property(shard) >= 10', '@property(shard) <= 10')).toMatchObject([
      { of: 'new', problem: { code: 'shard-overlap', severity: 'warning', found: '10', by: ['old', 'new'] } },
    ])
  })

  it('are not looked for in things of which a device has several', () => {
    const profile = (name: string) =>
      draftOf(name, 'com.apple.configuration.legacy', { ProfileURL: `https://content.example.com/${name}` })
    const drafts = [
      profile('a'),
      profile('b'),
      activation('a.on', ['a'], '@property(shard) <= 10'),
      activation('b.on', ['b'], '@property(shard) <= 50'),
    ]
    expect(findingsOf(shardsDivide, drafts)).toEqual([])
  })
})
