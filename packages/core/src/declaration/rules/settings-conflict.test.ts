import type { JsonObject } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { activation, draftOf, PASSCODE_TYPE } from '../../testing/declared-of.ts'
import { findingsOf } from '../../testing/problems-of.ts'
import { settingsConflict } from './settings-conflict.ts'

const SHARING = 'com.apple.configuration.screensharing.host.settings'
const host = (identifier: string) => draftOf(identifier, SHARING, {})
const passcode = (identifier: string, payload: JsonObject) => draftOf(identifier, PASSCODE_TYPE, payload)
const on = (configuration: string, predicate?: string) => activation(`${configuration}.on`, [configuration], predicate)

describe('two configurations of a type of which a device takes one', () => {
  const both = [host('a'), host('b')]

  it('are refused where one device has both active', () => {
    const drafts = [...both, on('a'), on('b')]
    expect(findingsOf(settingsConflict, drafts, true)).toMatchObject([
      { of: 'b', problem: { code: 'settings-conflict', severity: 'error', at: '/Type', by: ['a', 'b'] } },
    ])
    expect(findingsOf(settingsConflict, [...both, activation('on', ['a', 'b'], 'FALSEPREDICATE')], true)).toMatchObject(
      [{ problem: { severity: 'error' } }],
    )
  })

  it('are warned of where it is not certain that they meet', () => {
    expect(findingsOf(settingsConflict, [...both, on('a'), on('b')])).toMatchObject([
      { problem: { severity: 'warning' } },
    ])
    const roles = [...both, on('a', '@property(x) == 1'), on('b', '@property(y) == 2')]
    expect(findingsOf(settingsConflict, roles, true)).toMatchObject([{ problem: { severity: 'warning' } }])
  })

  it('do not meet where their predicates are never both true', () => {
    const roles = [...both, on('a', '@property(x) == 1'), on('b', '@property(x) == 2')]
    expect(findingsOf(settingsConflict, roles, true)).toEqual([])
  })

  it('do not meet while one of them is never active', () => {
    expect(findingsOf(settingsConflict, [...both, on('a')], true)).toEqual([])
  })
})

describe('two configurations that a device makes one of', () => {
  const meeting = (a: JsonObject, b: JsonObject, ...predicates: readonly (string | undefined)[]) =>
    findingsOf(
      settingsConflict,
      [passcode('a', a), passcode('b', b), on('a', predicates[0]), on('b', predicates[1])],
      true,
    )

  it('are warned of where they contradict each other, with what a device makes of it', () => {
    expect(meeting({ MinimumLength: 6 }, { MinimumLength: 8 })).toMatchObject([
      {
        of: 'b',
        problem: {
          code: 'settings-conflict',
          severity: 'warning',
          at: '/Payload/MinimumLength',
          message: 'Cannot have both values of MinimumLength on one device: it is 6 in a, 8 in b',
          remedy: 'a device takes the larger; say it in one of the two only, or give them to different devices',
          by: ['a', 'b'],
        },
      },
    ])
  })

  it('may say the same, or speak of different keys, or be active at different times', () => {
    expect(meeting({ MinimumLength: 6 }, { MinimumLength: 6 })).toEqual([])
    expect(meeting({ MinimumLength: 6 }, { RequirePasscode: true })).toEqual([])
    expect(meeting({ MinimumLength: 6 }, { MinimumLength: 8 }, '@property(x) == 1', '@property(x) == 2')).toEqual([])
  })
})

it('says of each declaration once that it meets others', () => {
  const drafts = ['a', 'b', 'c'].flatMap((identifier, index) => [
    passcode(identifier, { MinimumLength: index + 4 }),
    on(identifier),
  ])
  expect(findingsOf(settingsConflict, drafts).map(({ of, problem }) => [of, problem.by])).toEqual([
    ['b', ['a', 'b']],
    ['c', ['a', 'c']],
  ])
})

it('takes any number of a type of which a device takes all', () => {
  const legacy = (identifier: string) =>
    draftOf(identifier, 'com.apple.configuration.legacy', { ProfileURL: identifier })
  expect(findingsOf(settingsConflict, [legacy('a'), legacy('b'), on('a'), on('b')], true)).toEqual([])
})
