import type { Json } from '@edict/protocol'
import { expect, it } from 'vitest'
import { draftOf, MAIL_TYPE, PASSCODE_TYPE } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { payloadType } from './payload-type.ts'

const of = (type: string, payload: { [key: string]: Json }) => payloadProblems(payloadType, draftOf('x', type, payload))

it.each<[string, Json, string | undefined]>([
  ['MinimumLength', '6', 'write 6 without quotes'],
  ['MinimumLength', 6.4, 'write 6'],
  ['MinimumLength', 'six', undefined],
  ['RequirePasscode', 'true', 'write true without quotes'],
  ['RequirePasscode', 1, 'write true'],
  ['RequirePasscode', null, 'leave the key out: there is no null in a declaration'],
  ['CustomRegex', [], undefined],
])('refuses %s: %j', (key, value, remedy) => {
  const [problem, ...others] = of(PASSCODE_TYPE, { [key]: value })
  expect(problem).toMatchObject({ code: 'payload-type', severity: 'error', at: `/Payload/${key}`, found: value })
  expect([problem?.remedy, others]).toEqual([remedy, []])
})

it('refuses one value where a list belongs, and a number where text does', () => {
  expect(of('com.apple.configuration.account.exchange', { EnabledProtocolTypes: 'EAS' })[0]?.remedy).toBe(
    'put it into [ ]',
  )
  expect(of(MAIL_TYPE, { VisibleName: 7 })[0]?.remedy).toBe('write "7" in quotes')
})

it('looks into lists', () => {
  expect(of('com.apple.configuration.account.exchange', { EnabledProtocolTypes: ['EAS', 1] })).toMatchObject([
    { at: '/Payload/EnabledProtocolTypes/1' },
  ])
})

it('takes values of the right type, and any in free keys', () => {
  expect(of(PASSCODE_TYPE, { MinimumLength: 6, RequirePasscode: true, CustomRegex: { Regex: '.' } })).toEqual([])
  expect(of('com.apple.management.properties', { role: null, many: [1] })).toEqual([])
})
