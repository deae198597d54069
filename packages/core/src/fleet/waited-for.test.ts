import { expect, it } from 'vitest'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, MINUTE, NOW } from '../testing/channel-of.ts'
import { waitedFor } from './waited-for.ts'

const sync = { ...FRESH, enabled: true, collected: { token: 'a.b', at: NOW } }
const channel = (but: Parameters<typeof enrollmentOf>[0] = {}) => enrollmentOf({ sync, since: NOW, ...but })

it('is the first manifest, since it enrolled, for who has collected none or is not enabled', () => {
  const first = { change: 'first', since: NOW - MINUTE }
  const cohort = { since: NOW + MINUTE, revision: 9 }
  const enrolledAt = NOW - MINUTE
  expect(waitedFor(channel({ sync: FRESH, enrolledAt }), cohort)).toEqual(first)
  expect(waitedFor(channel({ sync: { ...sync, enabled: false }, enrolledAt }), cohort)).toEqual(first)
  expect(waitedFor(channel({ sync: { ...sync, collected: null }, enrolledAt: null }), cohort).since).toBe(NOW)
})

it('is the revision that changed its cohort, when that came last', () => {
  expect(waitedFor(channel({ changedBy: 4 }), { since: NOW + 1000, revision: 9 })).toEqual({
    change: 9,
    since: NOW + 1000,
  })
})

it('is the revision that changed it alone, when that came last', () => {
  expect(waitedFor(channel({ changedBy: 4 }), { since: NOW - 1000, revision: 3 })).toEqual({ change: 4, since: NOW })
})

it('is the later revision where both came in one second, as for a cohort that was made for it', () => {
  expect(waitedFor(channel({ changedBy: 4 }), { since: NOW, revision: 3 }).change).toBe(4)
  expect(waitedFor(channel({ changedBy: 4 }), { since: NOW, revision: 5 }).change).toBe(5)
})

it('is the device itself where it moved by what it said', () => {
  expect(waitedFor(channel(), { since: NOW - 1000, revision: 3 })).toEqual({ change: 'self', since: NOW })
  expect(waitedFor(channel(), { since: NOW, revision: 3 }).change).toBe('self')
})
