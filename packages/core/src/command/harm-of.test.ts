import { commands } from '@edict/catalogue'
import { expect, it } from 'vitest'
import { destructiveCommands, ENROLLMENT_PROFILE, harmOf } from './harm-of.ts'

it('is told of commands that Apple has', () => {
  expect([...destructiveCommands.keys()].filter((name) => !commands.has(name))).toEqual([])
})

it.each([
  ['EraseDevice', {}, 'iOS', true],
  ['ClearPasscode', {}, 'visionOS', true],
  ['DeviceLock', {}, 'iOS', false],
  ['DeviceLock', {}, 'macOS', true],
  ['DeviceLock', {}, null, true],
  ['RemoveProfile', { Identifier: 'com.example.wifi' }, 'iOS', false],
  ['RemoveProfile', { Identifier: ENROLLMENT_PROFILE }, 'iOS', true],
  ['DeviceInformation', {}, 'iOS', false],
] as const)('%s %j on %s: %s', (RequestType, keys, platform, harmful) => {
  const where = { platform, profile: ENROLLMENT_PROFILE }
  expect(harmOf({ RequestType, ...keys }, where) !== undefined).toBe(harmful)
})

it('RemoveProfile is taken for the worst where the name of the enrollment profile is not known', () => {
  expect(harmOf({ RequestType: 'RemoveProfile', Identifier: 'a' }, { platform: 'iOS', profile: null })).toBeDefined()
})
