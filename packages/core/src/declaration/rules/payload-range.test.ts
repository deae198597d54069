import type { Json } from '@edict/protocol'
import { expect, it } from 'vitest'
import { draftOf, MAIL_TYPE, PASSCODE_TYPE } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { payloadRange } from './payload-range.ts'

const of = (type: string, payload: { [key: string]: Json }) =>
  payloadProblems(payloadRange, draftOf('x', type, payload))

it.each([
  [17, 'the nearest is 16'],
  [-1, 'the nearest is 0'],
])('refuses %i beyond the limits, and offers the nearest', (MinimumLength, remedy) => {
  expect(of(PASSCODE_TYPE, { MinimumLength })).toMatchObject([
    {
      code: 'payload-range',
      severity: 'error',
      at: '/Payload/MinimumLength',
      found: MinimumLength,
      expected: 'an integer from 0 to 16',
      remedy,
    },
  ])
})

it('refuses what is not listed, and offers the nearest', () => {
  expect(of(MAIL_TYPE, { IncomingServer: { ServerType: 'IMPA' } })).toMatchObject([
    { at: '/Payload/IncomingServer/ServerType', expected: 'one of IMAP, POP', remedy: 'the nearest is IMAP' },
  ])
  const ikev2 = 'com.apple.configuration.network.vpn.ikev2'
  expect(of(ikev2, { IKESecurityAssociationParameters: { DiffieHellmanGroup: 25 } })[0]?.remedy).toBe(
    'the nearest is 21',
  )
})

it('knows limits on one side only', () => {
  const frequency = (LoginFrequency: number) =>
    of('com.apple.configuration.extensible-sso', { PlatformSSO: { LoginFrequency } })
  expect(frequency(3599)[0]?.remedy).toBe('the nearest is 3600')
  expect(frequency(1_000_000)).toEqual([])
})

it('takes the limits themselves and what is listed', () => {
  for (const MinimumLength of [0, 16]) expect(of(PASSCODE_TYPE, { MinimumLength })).toEqual([])
  expect(of(MAIL_TYPE, { IncomingServer: { ServerType: 'POP' } })).toEqual([])
})

it('takes a default that lies outside its own range, and nothing else outside', () => {
  const type = 'com.apple.configuration.content-cache.settings'
  expect(of(type, { DeclarativeStatusInterval: 0 })).toEqual([])
  expect(of(type, { DeclarativeStatusInterval: 1 })[0]?.remedy).toBe('the nearest is 300')
})

it('leaves values of another type to the rule for types', () => {
  expect(of(PASSCODE_TYPE, { MinimumLength: '17' })).toEqual([])
})
