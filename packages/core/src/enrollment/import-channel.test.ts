import type { EnrollmentIdentity } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { behind } from '../sync/behind.ts'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, NOW } from '../testing/channel-of.ts'
import { authenticate, periodEnded } from './authenticate.ts'
import { firstSeen, importChannel, isUnseen } from './import-channel.ts'

const identity: EnrollmentIdentity = { id: 'ipad-1', device: 'ipad-1', channel: 'device', shape: 'device' }
const push = { topic: 'com.apple.mgmt.other', token: 'ab', magic: 'm' }
const known = { push, facts: { ProductName: 'Mac15,12', OSVersion: '26.1' }, supervised: true, terms: null }

describe('importChannel()', () => {
  it('makes a channel that is enrolled, and behind', () => {
    const made = importChannel(identity, known, undefined, undefined, NOW)
    expect(made).toMatchObject({
      state: 'enrolled',
      period: 1,
      push,
      facts: { platform: 'macOS', osVersion: '26.1', supervised: true },
      enrolledAt: NOW,
      lastSeenAt: null,
      imported: { at: NOW, seenAt: null, identityEnds: null, terms: null },
    })
    expect(behind(made.sync, 'anything', NOW)).toBe(true)
  })

  it('begins a new period of a device that left, and goes on with that of one that was not seen', () => {
    const period = (state: 'left' | 'enrolled') =>
      importChannel(identity, known, undefined, enrollmentOf({ state, period: 3 }), NOW).period
    expect([period('left'), period('enrolled')]).toEqual([4, 3])
  })

  it('gives a user what its device is', () => {
    const device = enrollmentOf({ period: 2, facts: { platform: 'macOS' } })
    const user: EnrollmentIdentity = {
      id: 'ipad-1:U',
      device: 'ipad-1',
      channel: 'user',
      shape: 'mac-user',
      userShortName: 'ada',
    }
    expect(importChannel(user, { ...known, facts: {} }, device, undefined, NOW)).toMatchObject({
      period: 2,
      userName: 'ada',
      facts: { platform: 'macOS' },
    })
  })

  it('knows one that was not seen', () => {
    const imported = { at: NOW, seenAt: null, identityEnds: null, terms: null }
    const unseen = enrollmentOf({ imported, lastSeenAt: null })
    const seen = firstSeen(unseen, NOW + 5, NOW + 1)
    expect(seen.imported).toEqual({ at: NOW, seenAt: NOW + 1, identityEnds: NOW + 5, terms: null })
    expect([unseen, seen, { ...unseen, lastSeenAt: NOW }, enrollmentOf()].map(isUnseen)).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it('is no import any more after an Authenticate, but for what is said of the profile that it came by', () => {
    const imported = { at: NOW, seenAt: NOW, identityEnds: null, terms: null }
    const before = enrollmentOf({ imported })
    const message = { MessageType: 'Authenticate', UDID: 'ipad-1', Topic: 't' } as const
    expect(authenticate(identity, message, before)).not.toHaveProperty('imported')
    expect(authenticate(identity, message, before, { imported })).toMatchObject({ imported, sync: FRESH })
    expect(periodEnded(before, { period: 2, facts: {} })).not.toHaveProperty('imported')
  })
})
