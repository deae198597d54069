import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IPAD } from '../testing/channel-of.ts'
import { given } from '../testing/declared-of.ts'
import { cohortId, cohortKey } from './cohort-key.ts'
import { type Membership, NO_MEMBERSHIP } from './membership.ts'

const USER = { ...IPAD, channel: 'user' } as const
const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length })

describe('cohortKey', () => {
  it('is the same in any order of groups and assignments', () => {
    const groups = ['lower', 'upper', 'sports']
    const assignments = [given('a'), given('b', { exclude: true }), given('c', { channel: 'device' })]
    const expected = cohortId(cohortKey(IPAD, { ...NO_MEMBERSHIP, groups, assignments }))
    fc.assert(
      fc.property(shuffled(groups), shuffled(assignments), (g, a) => {
        expect(cohortId(cohortKey(IPAD, { ...NO_MEMBERSHIP, groups: g, assignments: a }))).toBe(expected)
      }),
    )
  })

  it('names the sources of sets, so that a set given to a group moves nobody', () => {
    expect(cohortKey(IPAD, { ...NO_MEMBERSHIP, groups: ['lower'] })).toEqual({
      eligibility: IPAD,
      groups: ['lower'],
      deviceGroups: [],
      own: [],
    })
  })

  it('takes from assignments what counts for the channel', () => {
    const assignments = [given('own'), given('device', { channel: 'device' }), given('user', { channel: 'user' })]
    const own = (membership: Partial<Membership>, who: typeof IPAD = IPAD) =>
      cohortKey(who, { ...NO_MEMBERSHIP, ...membership }).own.map(({ set }) => set)
    expect(own({ assignments })).toEqual(['device', 'own'])
    expect(own({ assignments }, USER)).toEqual(['own', 'user'])
    expect(own({ deviceAssignments: assignments }, USER)).toEqual(['user'])
  })

  it('has the groups of the device on user channels only', () => {
    const membership = { ...NO_MEMBERSHIP, deviceGroups: ['upper', 'lower'] }
    expect(cohortKey(USER, membership).deviceGroups).toEqual(['lower', 'upper'])
    expect(cohortKey(IPAD, membership).deviceGroups).toEqual([])
  })

  it('has a set once, however many ways it was given', () => {
    const assignments = [given('a'), given('a', { channel: 'device' }), given('a', { exclude: true })]
    expect(cohortKey(IPAD, { ...NO_MEMBERSHIP, assignments }).own).toEqual([
      { set: 'a', exclude: false },
      { set: 'a', exclude: true },
    ])
  })
})

describe('cohortId', () => {
  it('differs with each thing that gates a channel', () => {
    const changes = [
      { channel: 'user' as const },
      { platform: 'macOS' as const },
      { osVersion: '26.4.1' },
      { enrollment: 'device' as const },
      { supervised: null },
      { sharedIPad: true },
      { capabilities: 'hash' },
    ]
    const ids = [IPAD, ...changes.map((change) => ({ ...IPAD, ...change }))].map((who) =>
      cohortId(cohortKey(who, NO_MEMBERSHIP)),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })
})
