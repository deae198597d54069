import { describe, expect, it } from 'vitest'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, NOW } from '../testing/channel-of.ts'
import { isLapDay, secondPushAt } from './silent.ts'

const DAY = 86_400_000

describe('a channel that is silent', () => {
  const pushed = (days: number) => isLapDay(enrollmentOf({ lastSeenAt: NOW - days * DAY }), NOW)

  it('is pushed to on the first days, then weekly, then every four weeks, and after a year no more', () => {
    const days = Array.from({ length: 800 }, (_, day) => day).filter(pushed)
    const monthly = Array.from({ length: 12 }, (_, index) => 56 + 28 * index)
    expect(days).toEqual([1, 2, 3, 4, 5, 6, 7, 14, 21, 28, ...monthly])
  })

  it('for less than a day is let be', () => {
    expect(pushed(0.99)).toBe(false)
  })

  it('is not pushed to when it left, has no token, or was never there', () => {
    const silent = { lastSeenAt: NOW - DAY }
    expect(isLapDay(enrollmentOf({ ...silent, state: 'left' }), NOW)).toBe(false)
    expect(isLapDay(enrollmentOf({ ...silent, push: null }), NOW)).toBe(false)
    expect(isLapDay(enrollmentOf({ lastSeenAt: null }), NOW)).toBe(false)
  })
})

describe('a second push after an enrollment', () => {
  const enrolled = enrollmentOf({ enrolledAt: NOW, lastSeenAt: NOW })

  it('is made ten seconds after the first, when the device has not come', () => {
    expect(secondPushAt(enrolled, 10_000, NOW + 1000)).toBe(NOW + 11_000)
  })

  it('is not made when the device has come, or the enrollment is long ago', () => {
    expect(secondPushAt({ ...enrolled, lastSeenAt: NOW + 1 }, 10_000, NOW + 1000)).toBeNull()
    expect(secondPushAt({ ...enrolled, sync: { ...FRESH, enabled: true } }, 10_000, NOW + 1000)).toBeNull()
    expect(secondPushAt(enrolled, 10_000, NOW + 60_001)).toBeNull()
    expect(secondPushAt(enrolled, 0, NOW + 1000)).toBeNull()
    expect(secondPushAt({ ...enrolled, enrolledAt: null }, 10_000, NOW)).toBeNull()
  })
})
