import { describe, expect, it } from 'vitest'
import type { Assignment } from '../declared.ts'
import { IPAD } from '../testing/channel-of.ts'
import { declaredOf, given } from '../testing/declared-of.ts'
import { cohortKey } from './cohort-key.ts'
import { type Membership, NO_MEMBERSHIP } from './membership.ts'
import { wantedSets } from './wanted-sets.ts'

const sets = { corp: [], 'corp.eu': [], wifi: [], sports: [] }

function wanted(
  membership: Partial<Membership>,
  groups: Record<string, Assignment[]> = {},
  channel: 'device' | 'user' = 'device',
) {
  const key = cohortKey({ ...IPAD, channel }, { ...NO_MEMBERSHIP, ...membership })
  return wantedSets(key, declaredOf({ sets, groups }))
}

describe('wantedSets', () => {
  it('are those given by name and by groups, each once, sorted', () => {
    const groups = { lower: [given('wifi'), given('corp')], sports: [given('sports'), given('wifi')] }
    expect(wanted({ groups: ['sports', 'lower'], assignments: [given('corp')] }, groups)).toEqual([
      'corp',
      'sports',
      'wifi',
    ])
  })

  it('are without what is excluded, wherever the exclusion was made', () => {
    const groups = { lower: [given('wifi')], guests: [given('wifi', { exclude: true })] }
    expect(wanted({ groups: ['lower'] }, groups)).toEqual(['wifi'])
    expect(wanted({ groups: ['lower', 'guests'] }, groups)).toEqual([])
    expect(wanted({ groups: ['lower'], assignments: [given('wifi', { exclude: true })] }, groups)).toEqual([])
    expect(wanted({ groups: ['guests'], assignments: [given('wifi')] }, groups)).toEqual([])
  })

  it('do not touch each other because their names begin alike', () => {
    expect(wanted({ assignments: [given('corp')] })).toEqual(['corp'])
    expect(wanted({ assignments: [given('corp.eu'), given('corp', { exclude: true })] })).toEqual(['corp.eu'])
  })

  it('of a device are not what is given for its user channels, and the other way round', () => {
    const groups = { macs: [given('wifi', { channel: 'device' }), given('corp', { channel: 'user' }), given('sports')] }
    expect(wanted({ groups: ['macs'] }, groups)).toEqual(['sports', 'wifi'])
    expect(wanted({ deviceGroups: ['macs'] }, groups, 'user')).toEqual(['corp'])
  })

  it('of a user in a group of its own are what the group gives to its members', () => {
    const groups = {
      staff: [given('corp'), given('wifi', { channel: 'device' }), given('sports', { channel: 'user' })],
    }
    expect(wanted({ groups: ['staff'] }, groups, 'user')).toEqual(['corp', 'sports'])
  })

  it('of a channel are not excluded by an exclusion for the other one', () => {
    const groups = { macs: [given('wifi'), given('wifi', { channel: 'user', exclude: true })] }
    expect(wanted({ groups: ['macs'] }, groups)).toEqual(['wifi'])
  })

  it('exist: a set or group that does not is passed over', () => {
    expect(wanted({ groups: ['gone'], assignments: [given('gone'), given('corp')] })).toEqual(['corp'])
  })
})
