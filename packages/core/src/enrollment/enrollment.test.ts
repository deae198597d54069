import { describe, expect, it } from 'vitest'
import { enrollmentOf, IPAD } from '../testing/channel-of.ts'
import { type Enrollment, eligibilityOf } from './enrollment.ts'

const who = (but: Partial<Enrollment>) => eligibilityOf(enrollmentOf(but))

describe('eligibilityOf', () => {
  it('is what is known of a channel, and names no device', () => {
    expect(who({})).toEqual(IPAD)
    expect(who({ id: 'other', push: null, lastSeenAt: null })).toEqual(IPAD)
  })

  it('takes supervision that is not known as not known', () => {
    expect(who({ facts: { platform: 'iOS' } })).toMatchObject({ supervised: null, enrollment: 'device' })
    expect(who({ facts: { platform: 'iOS', supervised: false } })).toMatchObject({
      supervised: false,
      enrollment: 'device',
    })
  })

  it('counts a Mac enrolled by UDID as supervised, and its user channels too', () => {
    const mac = { platform: 'macOS' } as const
    const supervised = { supervised: true, enrollment: 'supervised' }
    expect(who({ facts: mac })).toMatchObject(supervised)
    expect(who({ facts: { ...mac, supervised: false } })).toMatchObject(supervised)
    expect(who({ facts: mac, channel: 'user', shape: 'mac-user' })).toMatchObject({ ...supervised, channel: 'user' })
  })

  it('counts user enrollments as such, whatever else is said', () => {
    for (const shape of ['user-enrollment', 'user-enrollment-user'] as const) {
      expect(who({ shape, facts: { platform: 'macOS', supervised: true } })).toMatchObject({
        supervised: false,
        enrollment: 'user',
      })
    }
  })

  it('knows a Shared iPad by its facts or by its users', () => {
    expect(who({ shape: 'shared-ipad-user', channel: 'user' }).sharedIPad).toBe(true)
    expect(who({ facts: { sharedIPad: true } }).sharedIPad).toBe(true)
    expect(who({ facts: {} }).sharedIPad).toBe(false)
  })
})
