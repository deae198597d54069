import { describe, expect, it } from 'vitest'
import type { Target } from '../../eligibility/eligibility.ts'
import { draftOf, PASSCODE_TYPE } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { target } from '../../testing/targets.ts'
import { payloadKeyUnavailable } from './payload-key-unavailable.ts'

const MANAGED = 'com.apple.configuration.app.managed'
const UPDATES = 'com.apple.configuration.softwareupdate.settings'
const SAFARI = 'com.apple.configuration.safari.settings'
const of = (type: string, payload: Parameters<typeof draftOf>[2], ...targets: readonly Target[]) =>
  payloadProblems(payloadKeyUnavailable, draftOf('x', type, payload), { targets })

describe('a key is refused where none of the targets has it', () => {
  it.each<[string, string, Parameters<typeof draftOf>[2], Target, string]>([
    ['platform', PASSCODE_TYPE, { ChangeAtNextAuth: true }, target('iOS', '26.0'), '/Payload/ChangeAtNextAuth'],
    [
      'version',
      PASSCODE_TYPE,
      { MaximumPasscodeAgeInDays: 9 },
      target('iOS', '16.1'),
      '/Payload/MaximumPasscodeAgeInDays',
    ],
    [
      'supervision',
      UPDATES,
      { Deferrals: {} },
      target('iOS', '18.1', { enrollment: 'device', supervised: false }),
      '/Payload/Deferrals',
    ],
    ['channel', SAFARI, { Privacy: {} }, target('iOS', '27.0', { channel: 'user' }), ''],
    [
      'removal',
      MANAGED,
      { InstallBehavior: { License: { VPPType: 'Device' } } },
      target('iOS', '18.0'),
      '/Payload/InstallBehavior/License/VPPType',
    ],
  ])('for its %s', (_why, type, payload, who, at) => {
    expect(of(type, payload, who)).toMatchObject(
      at === '' ? [] : [{ code: 'payload-key-unavailable', severity: 'error', at }],
    )
  })
})

it('is a warning where some of the targets have it', () => {
  const [problem] = of(PASSCODE_TYPE, { ChangeAtNextAuth: true }, target('iOS', '26.0'), target('macOS', '26.0'))
  expect(problem).toMatchObject({ severity: 'warning' })
  expect(problem?.message).toBe(
    'Cannot use ChangeAtNextAuth on iOS 26.0, supervised: ChangeAtNextAuth does not exist on iOS',
  )
})

it('is said of the outermost key only, and not where the whole type is not to be had', () => {
  const problems = of(
    'com.apple.configuration.extensible-sso',
    { PlatformSSO: { RegistrationToken: 'x' } },
    target('iOS', '27.0'),
  )
  expect(problems.map(({ at }) => at)).toEqual(['/Payload/PlatformSSO'])
  expect(of(PASSCODE_TYPE, { ChangeAtNextAuth: true }, target('tvOS', '26.0'))).toEqual([])
})

it('takes keys that every target has, and says nothing without targets', () => {
  expect(of(PASSCODE_TYPE, { MaximumPasscodeAgeInDays: 9 }, target('iOS', '16.2'), target('macOS'))).toEqual([])
  expect(payloadProblems(payloadKeyUnavailable, draftOf('x', PASSCODE_TYPE, { ChangeAtNextAuth: true }))).toEqual([])
})
