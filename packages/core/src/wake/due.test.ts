import { describe, expect, it } from 'vitest'
import { declarationsToken } from '../manifest/token.ts'
import { itemsAnswered } from '../sync/collect.ts'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, NOW } from '../testing/channel-of.ts'
import { wakeTarget } from './due.ts'

const ENABLED = { ...FRESH, enabled: true }
const channel = enrollmentOf({ own: 'own', sync: ENABLED })

describe('a wake that is due pushes a channel', () => {
  it('that is behind by then', () => {
    expect(wakeTarget(channel, 'common', NOW)).toBe(channel.push)
  })

  it('that was never enabled, so that it comes for its first offer', () => {
    expect(wakeTarget(enrollmentOf(), 'common', NOW)).not.toBeNull()
  })
})

describe('a wake that is due does not push a channel', () => {
  it('that has collected meanwhile', () => {
    const sync = itemsAnswered(ENABLED, declarationsToken('common', { own: 'own', particulars: 'particulars' }), NOW)
    expect(wakeTarget({ ...channel, sync }, 'common', NOW)).toBeNull()
    expect(wakeTarget({ ...channel, sync }, 'changed', NOW)).not.toBeNull()
  })

  it.each(['enrolling', 'left'] as const)('that is %s', (state) => {
    expect(wakeTarget({ ...channel, state }, 'common', NOW)).toBeNull()
  })

  it('that cannot be pushed to', () => {
    expect(wakeTarget({ ...channel, push: null }, 'common', NOW)).toBeNull()
  })
})
