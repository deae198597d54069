import { describe, expect, it } from 'vitest'
import type { Condition } from '../condition/condition.ts'
import type { Enrollment } from '../enrollment/enrollment.ts'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, HOUR, NOW } from '../testing/channel-of.ts'
import type { FleetChannel } from './fleet-channel.ts'
import { fleetEntries } from './fleet-entries.ts'

const DAY = 24 * HOUR
const TOPIC = 'com.apple.mgmt.example'
const held = { ...FRESH, enabled: true, collected: { token: 'a.b', at: NOW } }

function channel(enrollment: Partial<Enrollment> = {}, but: Partial<FleetChannel> = {}): FleetChannel {
  return {
    enrollment: enrollmentOf({ sync: held, ...enrollment }),
    wanted: 'a.b',
    cohort: { since: NOW - HOUR, revision: 3 },
    conditions: [],
    diagnosis: { stage: 'in-force', code: 'healthy', since: NOW },
    identityEnds: null,
    ...but,
  }
}

const entries = (of: FleetChannel) => fleetEntries(of, new Set([TOPIC]), NOW)
const words = (of: FleetChannel) => entries(of).map((one) => one.words)

it('a channel that has all it should is counted as that, and nothing is said against it', () => {
  expect(words(channel({ changedBy: 7 }))).toEqual([
    ['channels', 'devices', 'enrolled', 'iOS'],
    ['in-sync', 'in-sync:7'],
    ['healthy', 'stage:in-force'],
  ])
})

it('one that left is counted as that, and as nothing else', () => {
  const failed = { kind: 'configuration', identifier: 'p', serverToken: 't', evidence: {} } as const
  const conditions = [{ ...failed, condition: 'failed' as const, reason: { code: 'x', message: 'y' }, since: NOW }]
  expect(words(channel({ state: 'left' }, { conditions, identityEnds: NOW }))).toEqual([['left']])
})

it('one that wants something else is behind, since the change that it waits for', () => {
  const [, sync] = entries(channel({ changedBy: 7 }, { wanted: 'c.b' }))
  expect(sync).toMatchObject({ words: ['behind', 'behind:7'], since: NOW, code: '7' })
})

it('a user, one in Setup Assistant, and one that another server enrolled have words of their own', () => {
  expect(words(channel({ channel: 'user', state: 'enrolling', facts: {} }))[0]).toEqual([
    'channels',
    'users',
    'enrolling',
    'platform-unknown',
  ])
  expect(words(channel({ awaitingConfiguration: true }))).toContainEqual(['awaiting'])
  const imported = { at: NOW, seenAt: null, identityEnds: null, terms: null }
  expect(words(channel({ imported }))).toContainEqual(['imported'])
  expect(words(channel({ imported: { ...imported, seenAt: NOW } }))).not.toContainEqual(['imported'])
})

describe('what stands against a channel', () => {
  it('is a token that is gone, or a topic that this server cannot push for', () => {
    expect(words(channel({ push: null }))).toContainEqual(['without-token'])
    expect(words(channel({ push: null, state: 'enrolling' }))).not.toContainEqual(['without-token'])
    const push = { topic: 'com.apple.mgmt.other', token: 'ab', magic: 'm' }
    expect(entries(channel({ push }))).toContainEqual(
      expect.objectContaining({ words: ['other-topic'], code: 'com.apple.mgmt.other' }),
    )
  })

  it('is an identity that ends within 30 days, or has ended; of a device only', () => {
    expect(words(channel({}, { identityEnds: NOW + 31 * DAY }))).toHaveLength(3)
    expect(words(channel({}, { identityEnds: NOW + 30 * DAY }))).toContainEqual(['identity-ends'])
    expect(words(channel({}, { identityEnds: NOW - 1 }))).toContainEqual(['identity-ended'])
    expect(words(channel({ channel: 'user' }, { identityEnds: NOW - 1 }))).toHaveLength(3)
  })

  it('is a silence of two days, or that nothing was ever heard of it', () => {
    expect(words(channel({ lastSeenAt: NOW - 2 * DAY + 1 }))).toHaveLength(3)
    expect(words(channel({ lastSeenAt: NOW - 2 * DAY }))).toContainEqual(['silent'])
    expect(words(channel({ lastSeenAt: null, enrolledAt: NOW }))).toHaveLength(3)
    expect(words(channel({ lastSeenAt: null, enrolledAt: null }))).toContainEqual(['silent'])
  })

  it('is its diagnosis: by its cause, or where none is known by how far it came', () => {
    const ailing = (code: string | null) =>
      words(channel({}, { diagnosis: { stage: 'not-woken', code, since: NOW } }))[2]
    expect(ailing('no-push-token')).toEqual(['ailing', 'no-push-token', 'stage:not-woken'])
    expect(ailing(null)).toEqual(['ailing', 'unexplained:not-woken', 'stage:not-woken'])
  })
})

it('a declaration is counted by its condition, and by the reason where that asks for one', () => {
  const condition = (word: Condition['condition']): Condition => ({
    kind: 'configuration',
    identifier: 'p',
    serverToken: 't',
    condition: word,
    reason: { code: 'Error.X', message: 'no' },
    since: NOW,
    evidence: {},
  })
  const [, , , failed, waiting] = entries(channel({}, { conditions: [condition('failed'), condition('waiting')] }))
  expect(failed).toEqual({
    words: ['failed', 'failed:Error.X'],
    declaration: { kind: 'configuration', identifier: 'p' },
    since: NOW,
    code: 'Error.X',
    message: 'no',
  })
  expect(waiting?.words).toEqual(['waiting'])
})
