import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, conditionWords } from '../condition/condition.ts'
import { stages } from '../diagnosis/stage.ts'
import { FRESH } from '../sync/sync.ts'
import { enrollmentOf, HOUR, NOW } from '../testing/channel-of.ts'
import type { FleetChannel } from './fleet-channel.ts'
import { fleetEntries } from './fleet-entries.ts'
import { FleetTally } from './fleet-tally.ts'

const TOPICS = new Set(['com.apple.mgmt.example'])

const condition = fc.record({
  condition: fc.constantFrom(...conditionWords),
  code: fc.oneof(fc.constantFrom('a', '__proto__', 'constructor', 'behind:3'), fc.string({ maxLength: 20 })),
  identifier: fc.string({ minLength: 1, maxLength: 5 }),
  message: fc.string({ minLength: 1, maxLength: 3 }),
})

const channels = fc.array(
  fc.record({
    state: fc.constantFrom('enrolled' as const, 'enrolling' as const, 'left' as const),
    changedBy: fc.integer({ min: 1, max: 4 }),
    behind: fc.boolean(),
    silent: fc.integer({ min: 0, max: 100 }),
    code: fc.constantFrom('healthy', 'no-push-token', null),
    stage: fc.constantFrom(...stages),
    conditions: fc.array(condition, { maxLength: 4 }),
  }),
  { maxLength: 30 },
)

type Wish = NonNullable<ReturnType<typeof channels.generate>['value']>[number]

function channelOf({ state, changedBy, behind, silent, code, stage, conditions }: Wish, index: number): FleetChannel {
  const sync = { ...FRESH, enabled: true, collected: { token: 'a.b', at: NOW } }
  return {
    enrollment: enrollmentOf({ id: `d${index}`, state, sync, changedBy, lastSeenAt: NOW - silent * HOUR }),
    wanted: behind ? 'c.d' : 'a.b',
    cohort: { since: 0, revision: 0 },
    conditions: conditions.map(
      (one): Condition => ({
        kind: 'configuration',
        identifier: one.identifier,
        serverToken: 't',
        condition: one.condition,
        reason: { code: one.code, message: one.message },
        since: NOW,
        evidence: {},
      }),
    ),
    diagnosis: { stage, code, since: null },
    identityEnds: null,
  }
}

function tallied(fleet: readonly FleetChannel[]) {
  const tally = new FleetTally()
  const entries = fleet.flatMap((channel) => {
    const made = fleetEntries(channel, TOPICS, NOW)
    tally.add(channel, made)
    return made
  })
  return { tally, listed: (word: string) => entries.filter(({ words }) => words.includes(word)).length }
}

it('every number is as long as its list, and parts add up to their whole, whatever devices say', () => {
  fc.assert(
    fc.property(channels, (wishes) => {
      const fleet = wishes.map(channelOf)
      const here = fleet.filter(({ enrollment }) => enrollment.state !== 'left').length
      const { tally, listed } = tallied(fleet)
      const number = (word: string) => tally.number(word)
      for (const word of [
        'channels',
        'enrolled',
        'left',
        'in-sync',
        'behind',
        'healthy',
        'ailing',
        'silent',
        ...conditionWords,
      ])
        expect(number(word)).toBe(listed(word))
      expect(number('enrolled') + number('enrolling')).toBe(here)
      expect(number('in-sync') + number('behind')).toBe(here)
      expect(stages.reduce((sum, stage) => sum + number(`stage:${stage}`), 0)).toBe(here)
      const changes = tally.changes(100).items
      expect(changes.reduce((sum, { behind }) => sum + behind, 0)).toBe(number('behind'))
      for (const { revision, behind, inSync } of changes) {
        expect(behind).toBe(listed(`behind:${revision}`))
        expect(inSync).toBe(listed(`in-sync:${revision}`))
      }
      const reasons = tally.reasons(1000).items
      for (const { word, declarations } of reasons) expect(declarations).toBe(listed(word))
      for (const word of ['failed', 'left-out', 'inactive']) {
        const ofWord = reasons.filter((reason) => reason.condition === word)
        expect(ofWord.reduce((sum, { declarations }) => sum + declarations, 0)).toBe(number(word))
      }
      const ailing = tally.diagnoses()
      for (const { word, channels: count } of ailing) expect(count).toBe(listed(word))
      expect(ailing.reduce((sum, { channels: count }) => sum + count, 0)).toBe(number('ailing'))
    }),
  )
})

describe('a picture', () => {
  const wish: Wish = {
    state: 'enrolled',
    changedBy: 1,
    behind: true,
    silent: 0,
    code: 'healthy',
    stage: 'in-force',
    conditions: [],
  }
  const fleet = (wishes: readonly Partial<Wish>[]) =>
    tallied(wishes.map((one, index) => channelOf({ ...wish, ...one }, index))).tally

  it('has those changes that most wait for, then the last one, and says how many are left away', () => {
    const tally = fleet([
      { changedBy: 1 },
      { changedBy: 2 },
      { changedBy: 2 },
      { changedBy: 3 },
      { changedBy: 9, behind: false },
    ])
    const { items, more } = tally.changes(2)
    expect(items.map(({ revision, behind, inSync }) => [revision, behind, inSync])).toEqual([
      [2, 2, 0],
      [3, 1, 0],
      [9, 0, 1],
    ])
    expect(more).toBe(1)
  })

  it('counts a reason by declarations and by channels, and says it as most do', () => {
    const failed = (identifier: string, message: string) => {
      return { condition: 'failed' as const, code: 'Error.X', identifier, message }
    }
    const tally = fleet([
      { conditions: [failed('a', 'of one'), failed('b', 'of most')] },
      { conditions: [failed('a', 'of most')] },
    ])
    expect(tally.reasons(10).items).toEqual([
      {
        word: 'failed:Error.X',
        condition: 'failed',
        code: 'Error.X',
        message: 'of most',
        declarations: 3,
        channels: 2,
      },
    ])
    expect(tally.reasons(0)).toEqual({ items: [], more: 1 })
  })

  it('names the five longest silences, the longest first', () => {
    const tally = fleet([50, 90, 10, 60, 100, 70, 80].map((silent) => ({ silent })))
    expect(tally.silences().map(({ id }) => id)).toEqual(['d4', 'd1', 'd6', 'd5', 'd3'])
  })
})
