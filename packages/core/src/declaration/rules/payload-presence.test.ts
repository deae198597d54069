import { expect, it } from 'vitest'
import { draftOf, MAIL_TYPE } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { target } from '../../testing/targets.ts'
import type { CheckOptions } from '../check.ts'
import { payloadPresence } from './payload-presence.ts'

const of = (type: string, payload: Parameters<typeof draftOf>[2], options: CheckOptions = {}) =>
  payloadProblems(payloadPresence, draftOf('x', type, payload), options)

const server = { HostName: 'mail.example.org', AuthenticationMethod: 'None' }
const whole = { IncomingServer: { ServerType: 'IMAP', ...server }, OutgoingServer: server }

it('refuses what leaves out a required key, also inside', () => {
  const { ServerType: _gone, ...incoming } = whole.IncomingServer
  expect(of(MAIL_TYPE, { IncomingServer: incoming })).toMatchObject([
    {
      code: 'payload-presence',
      severity: 'error',
      at: '/Payload/OutgoingServer',
      found: 'nothing',
      remedy: 'add OutgoingServer',
    },
    { code: 'payload-presence', at: '/Payload/IncomingServer/ServerType', expected: 'one of IMAP, POP' },
  ])
})

it('takes what has them, and asks for nothing inside what may be absent as a whole', () => {
  expect(of(MAIL_TYPE, whole)).toEqual([])
})

it('does not miss a key that is there under a misspelt name', () => {
  expect(of(MAIL_TYPE, { incomingServer: whole.IncomingServer, OutgoingSever: server })).toEqual([])
})

it('asks for a key that one platform does not have only where the targets have it', () => {
  const type = 'com.apple.configuration.math.settings'
  const payload = { Calculator: { InputModes: { UnitConversion: true } } }
  const asked = (options: CheckOptions) => of(type, payload, options).map(({ at }) => at)
  expect(asked({})).toEqual([])
  expect(asked({ targets: [target('iOS', '26.0')] })).toEqual([])
  expect(asked({ targets: [target('macOS', '26.0', { channel: 'user' })] })).toEqual([
    '/Payload/Calculator/InputModes/RPN',
  ])
})
