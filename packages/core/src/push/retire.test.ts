import { describe, expect, it } from 'vitest'
import { enrollmentOf, NOW } from '../testing/channel-of.ts'
import { withoutToken } from './retire.ts'

const push = { topic: 'com.apple.mgmt.example', token: 'ab01', magic: 'magic', at: NOW }
const channel = enrollmentOf({ push })
const gone = { token: 'ab01', since: NOW + 1000, sentAt: NOW + 5000 }

describe('a token that has gone', () => {
  it('is retired, and the enrollment stays', () => {
    expect(withoutToken(channel, gone)).toEqual({ ...channel, push: null })
  })

  it('is kept when it was told after that moment', () => {
    expect(withoutToken(channel, { ...gone, since: NOW - 1 })).toBe(channel)
    expect(withoutToken(channel, { ...gone, since: NOW })).toMatchObject({ push: null })
  })

  it('is kept when it was told after the push, where the service names no moment', () => {
    expect(withoutToken(channel, { ...gone, since: null })).toMatchObject({ push: null })
    expect(withoutToken(channel, { ...gone, since: null, sentAt: NOW - 1 })).toBe(channel)
  })

  it('says nothing of another one', () => {
    expect(withoutToken(channel, { ...gone, token: 'ab02' })).toBe(channel)
    expect(withoutToken({ ...channel, push: null }, gone)).toMatchObject({ push: null })
  })

  it('that was stored without its time counts from the enrollment', () => {
    const { at: _at, ...old } = push
    expect(withoutToken(enrollmentOf({ push: old }), { ...gone, since: NOW - 1 }).push).toEqual(old)
    expect(withoutToken(enrollmentOf({ push: old }), gone).push).toBeNull()
  })
})
