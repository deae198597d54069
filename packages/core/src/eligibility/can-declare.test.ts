import { describe, expect, it } from 'vitest'
import type { Facts } from '../enrollment/enrollment.ts'
import { enrollmentOf } from '../testing/channel-of.ts'
import { canDeclare } from './can-declare.ts'

const able = (facts: Facts, shape: 'device' | 'user-enrollment' = 'device') =>
  canDeclare(enrollmentOf({ facts, shape }))

describe('canDeclare', () => {
  it.each<[string, string, Facts['platform']]>([
    ['16.0', '15.8', 'iOS'],
    ['13.0', '12.6', 'macOS'],
    ['16.0', '15.6', 'tvOS'],
    ['10.0', '9.6', 'watchOS'],
  ])('is so from version %s, not in %s, of %s', (first, last, platform) => {
    const at = (osVersion: string) => able(platform === undefined ? {} : { platform, osVersion })
    expect([at(first), at(last)]).toEqual([true, false])
  })

  it('is so in user enrollments from iOS 15 on', () => {
    expect(able({ platform: 'iOS', osVersion: '15.0' }, 'user-enrollment')).toBe(true)
    expect(able({ platform: 'iOS', osVersion: '14.8' }, 'user-enrollment')).toBe(false)
  })

  it('is so while platform or version are not known', () => {
    expect(able({})).toBe(true)
    expect(able({ platform: 'iOS' })).toBe(true)
  })
})
