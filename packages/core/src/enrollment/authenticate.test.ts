import type { Authenticate, EnrollmentIdentity } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, NOW } from '../testing/channel-of.ts'
import { authenticate, periodEnded } from './authenticate.ts'

const identity: EnrollmentIdentity = { id: 'ipad-1', device: 'ipad-1', channel: 'device', shape: 'device' }
const message: Authenticate = {
  MessageType: 'Authenticate',
  UDID: 'ipad-1',
  Topic: 'com.apple.mgmt.example',
  OSVersion: '26.5',
  BuildVersion: '23F1',
  ProductName: 'iPad13,1',
  SerialNumber: 'SERIAL',
}

/** A channel in the middle of its life. */
const busy = enrollmentOf({
  period: 3,
  capabilities: 'hash',
  awaitingConfiguration: true,
  sync: { ...FRESH, enabled: true, told: { token: 'A', at: NOW }, collected: { token: 'A', at: NOW }, shown: ['A'] },
  lastReportAt: NOW,
  lastFullReportAt: NOW,
  subscribedAt: NOW,
  subscribed: 'list',
})

describe('Authenticate', () => {
  it('begins an enrollment that waits for its TokenUpdate', () => {
    expect(authenticate(identity, message, undefined)).toMatchObject({
      id: 'ipad-1',
      state: 'enrolling',
      period: 1,
      push: null,
      sync: FRESH,
      facts: {
        platform: 'iOS',
        osVersion: '26.5',
        buildVersion: '23F1',
        productName: 'iPad13,1',
        serialNumber: 'SERIAL',
      },
    })
  })

  it('opens a new period in which nothing of the old one counts', () => {
    expect(authenticate(identity, message, busy)).toMatchObject({
      state: 'enrolling',
      period: 4,
      capabilities: null,
      push: null,
      awaitingConfiguration: null,
      sync: FRESH,
      lastReportAt: null,
      lastFullReportAt: null,
      subscribedAt: null,
      subscribed: null,
    })
  })

  it('replaces the OS version, and keeps what the message cannot say', () => {
    const { facts } = authenticate(
      identity,
      message,
      enrollmentOf({ facts: { osVersion: '26.4', supervised: false, sharedIPad: true } }),
    )
    expect(facts).toMatchObject({ osVersion: '26.5', supervised: false, sharedIPad: true })
  })

  it('says nothing of what is not known', () => {
    const { facts } = authenticate(identity, { MessageType: 'Authenticate', UDID: 'x', Topic: 't' }, undefined)
    expect(facts).toEqual({})
  })
})

describe('the user channels of a device that begins a new period', () => {
  const user = { ...busy, id: 'mac:ada', device: 'mac', channel: 'user' as const, userName: 'ada' }

  it('wait for a TokenUpdate of their own, with nothing of the old period', () => {
    expect(periodEnded(user, { period: 4, facts: { osVersion: '26.5' } })).toMatchObject({
      id: 'mac:ada',
      userName: 'ada',
      state: 'enrolling',
      period: 4,
      facts: { osVersion: '26.5' },
      capabilities: null,
      push: null,
      sync: FRESH,
      subscribedAt: null,
    })
  })

  it('have the account by which their device enrolls now, or none', () => {
    const account = { name: 'lin', managedAppleAccount: 'lin@school.example.com', mode: 'adde' } as const
    const before = { ...user, account: { ...account, name: 'ada' } }
    expect(periodEnded(before, { period: 4, facts: {}, account }).account).toEqual(account)
    expect(periodEnded(before, { period: 4, facts: {} })).not.toHaveProperty('account')
  })

  it('keep where they belong', () => {
    const placed = { ...user, own: 'own', cohort: 'cohort', since: NOW }
    expect(periodEnded(placed, { period: 4, facts: {} })).toMatchObject({ own: 'own', cohort: 'cohort', since: NOW })
  })
})
