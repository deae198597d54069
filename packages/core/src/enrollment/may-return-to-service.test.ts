import { describe, expect, it } from 'vitest'
import { enrollmentOf } from '../testing/channel-of.ts'
import type { Enrollment, Facts } from './enrollment.ts'
import { mayReturnToService } from './may-return-to-service.ts'

const may = (facts: Facts, but: Partial<Enrollment> = {}) => mayReturnToService(enrollmentOf({ ...but, facts }), false)
const ipad: Facts = { platform: 'iOS', osVersion: '26.0', supervised: true }

describe('mayReturnToService', () => {
  it('is what a supervised device with iOS or visionOS 26 may', () => {
    expect(may(ipad)).toBe(true)
    expect(may({ ...ipad, platform: 'visionOS', osVersion: '27.1' })).toBe(true)
  })

  it('is what a device may that enrolled by automated enrollment, unless it says that it is not supervised', () => {
    const unknown = enrollmentOf({ facts: { platform: 'iOS', osVersion: '26.0' } })
    expect(mayReturnToService(unknown, true)).toBe(true)
    expect(mayReturnToService(enrollmentOf({ facts: { ...ipad, supervised: false } }), true)).toBe(false)
  })

  it.each<[string, Facts, Partial<Enrollment>?]>([
    ['an earlier OS', { ...ipad, osVersion: '18.7' }],
    ['an OS that is not known', { platform: 'iOS', supervised: true }],
    ['another platform', { ...ipad, platform: 'tvOS' }],
    ['no supervision', { ...ipad, supervised: false }],
    ['supervision that is not known', { platform: 'iOS', osVersion: '26.0' }],
    ['a user channel', ipad, { channel: 'user', shape: 'shared-ipad-user' }],
    ['user enrollment', ipad, { shape: 'user-enrollment' }],
    ['an enrollment that is not complete', ipad, { state: 'enrolling' }],
    ['one that left', ipad, { state: 'left' }],
  ])('is not what a device may with %s', (_, facts, but) => {
    expect(may(facts, but)).toBe(false)
  })
})
