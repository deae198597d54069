import type { TokenUpdate } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, HOUR, NOW } from '../testing/channel-of.ts'
import { tokenUpdate, userChannel } from './token-update.ts'

const message: TokenUpdate = {
  MessageType: 'TokenUpdate',
  Topic: 'com.apple.mgmt.example',
  Token: new Uint8Array([0, 171, 255]),
  PushMagic: 'magic 2',
}

describe('TokenUpdate', () => {
  it('completes an enrollment', () => {
    const enrolling = enrollmentOf({ state: 'enrolling', push: null, enrolledAt: null })
    expect(tokenUpdate(enrolling, message, NOW + HOUR)).toMatchObject({
      state: 'enrolled',
      enrolledAt: NOW + HOUR,
      lastSeenAt: NOW + HOUR,
      push: { topic: 'com.apple.mgmt.example', token: '00abff', magic: 'magic 2', at: NOW + HOUR },
    })
  })

  it('renews the push data of one that is complete, and nothing else', () => {
    const sync = { ...FRESH, enabled: true }
    const renewed = tokenUpdate(enrollmentOf({ sync }), message, NOW + HOUR)
    expect(renewed).toMatchObject({ state: 'enrolled', enrolledAt: NOW, sync, push: { token: '00abff' } })
  })

  it('without AwaitingConfiguration keeps what is stored: absent is not false', () => {
    const awaiting = (stored: boolean | null, said?: boolean) =>
      tokenUpdate(
        enrollmentOf({ awaitingConfiguration: stored }),
        said === undefined ? message : { ...message, AwaitingConfiguration: said },
        NOW,
      ).awaitingConfiguration
    expect([awaiting(true), awaiting(false), awaiting(null)]).toEqual([true, false, null])
    expect([awaiting(true, false), awaiting(null, true)]).toEqual([false, true])
  })
})

describe('a user channel that is seen for the first time', () => {
  const device = enrollmentOf({ id: 'mac', period: 3, facts: { platform: 'macOS', osVersion: '26.4' } })

  it('belongs to the period of its device and knows what is known of it', () => {
    const identity = { id: 'mac:U1', device: 'mac', channel: 'user', shape: 'mac-user', userShortName: 'ada' } as const
    expect(userChannel(identity, device)).toMatchObject({
      id: 'mac:U1',
      device: 'mac',
      channel: 'user',
      userName: 'ada',
      state: 'enrolling',
      period: 3,
      facts: device.facts,
      sync: FRESH,
    })
  })

  it('is called as the message says, and has the account by which its device enrolled', () => {
    const account = { name: 'ada', managedAppleAccount: 'ada@school.example.com', mode: 'adde' } as const
    const device = enrollmentOf({ account })
    const who = { id: 'ipad-1:7', device: 'ipad-1', channel: 'user', shape: 'mac-user' } as const
    const names = { userShortName: 'ada', userLongName: 'Ada Lovelace' }
    const named = userChannel({ ...who, ...names }, device)
    expect(named).toMatchObject({ userName: 'ada', userLongName: 'Ada Lovelace', account })
    expect(userChannel({ ...who, userLongName: 'Ada Lovelace' }, device)).toMatchObject({ userName: 'Ada Lovelace' })
    expect(userChannel(who, enrollmentOf())).not.toHaveProperty('account')
  })

  it('with the constant user id says that the iPad is shared', () => {
    const identity = { id: 'ipad:ada', device: 'ipad', channel: 'user', shape: 'shared-ipad-user' } as const
    expect(userChannel(identity, device).facts.sharedIPad).toBe(true)
  })
})
