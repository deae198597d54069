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
  expect(harmOf({ RequestType, ...keys }, platform) !== undefined).toBe(harmful)
})
