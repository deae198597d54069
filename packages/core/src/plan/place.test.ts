import type { JsonObject } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { NO_MEMBERSHIP } from '../assignment/membership.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { declarationsToken, ownToken } from '../manifest/token.ts'
import { enrollmentOf, MINUTE, NOW, SECOND } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, given, passcode, properties } from '../testing/declared-of.ts'
import { type Move, type Placed, place } from './place.ts'

const declared = declaredOf({
  drafts: [
    passcode('p'),
    passcode('q', 9),
    activation('on', ['p']),
    properties('a', { role: 1 }),
    properties('b', { role: 2 }),
  ],
  sets: { base: ['on'], extra: ['q'], roles: ['a'], others: ['b'], empty: [] },
  groups: { lower: [given('base')] },
})

function placedAs(sets: readonly string[], values: JsonObject = {}, id = 'ipad-1'): Placed {
  const assignments = sets.map((set) => given(set))
  return { enrollment: enrollmentOf({ id }), membership: { ...NO_MEMBERSHIP, assignments }, properties: values }
}

/** One channel before and after, as a server would load it. */
function move(from: Placed | null, to: Placed, since = NOW): Move {
  if (from === null) return { before: null, after: to }
  const first = place([{ before: null, after: from }], declared, new Map(), since)
  const [enrollment] = first.enrollments
  const cohort = first.cohorts[0]?.cohort
  if (enrollment === undefined || cohort === undefined) throw new Error('Cannot place: nothing was placed')
  return { before: { ...from, enrollment, cohort }, after: { ...to, enrollment } }
}

const placing = (moves: readonly Move[], now = NOW + MINUTE) => place(moves, declared, new Map(), now)

describe('a channel', () => {
  it('that is new is placed, with its own token, and is among those that moved', () => {
    const { enrollments, moved, cohorts, values, problems } = placing([move(null, placedAs(['base'], { floor: 1 }))])
    const own = ownToken({ properties: { floor: 1 } })
    expect(enrollments).toMatchObject([{ cohort: cohorts[0]?.cohort.id, own, since: NOW + MINUTE }])
    expect(moved).toEqual(['ipad-1'])
    expect(values.get(own)).toEqual({ properties: { floor: 1 } })
    expect(problems).toEqual([])
  })

  it('that stays where it is keeps its since, and is not woken', () => {
    const { enrollments, moved, cohorts } = placing([move(placedAs(['base'], { x: 1 }), placedAs(['base'], { x: 1 }))])
    expect(enrollments[0]?.since).toBe(NOW)
    expect([moved, cohorts]).toEqual([[], []])
  })

  it('that leaves a cohort while it is behind is woken, though it wants the same: a wake of that cohort would miss it', () => {
    const change = move(placedAs(['base']), placedAs(['base', 'empty']))
    const { moved, woken, cohorts, enrollments } = placing([change])
    expect([moved, woken]).toEqual([[], ['ipad-1']])
    const [enrollment] = enrollments
    const common = cohorts[0]?.cohort.common
    if (enrollment === undefined || common === undefined) throw new Error('Cannot go on: nothing was placed')
    const token = declarationsToken(common, enrollment)
    const sync = { ...enrollment.sync, enabled: true, told: { token, at: NOW }, collected: { token, at: NOW } }
    const holding = { ...change, after: { ...change.after, enrollment: { ...change.after.enrollment, sync } } }
    expect(placing([holding])).toMatchObject({ moved: [], woken: [] })
  })

  it('names the revision that moved it, until what it says of itself moves it, and as long as nothing does', () => {
    const change = move(placedAs(['base'], { x: 1 }), placedAs(['base'], { x: 2 }))
    const [moved] = place([change], declared, new Map(), NOW + MINUTE, 17).enrollments
    expect(moved?.changedBy).toBe(17)
    if (moved === undefined || change.before === null) throw new Error('Cannot go on: nothing was placed')
    const before = { ...change.before, ...placedAs(['base'], { x: 2 }), enrollment: moved }
    const stays = { before, after: { ...placedAs(['base'], { x: 2 }), enrollment: moved } }
    expect(placing([stays]).enrollments[0]?.changedBy).toBe(17)
    const { facts } = moved
    const newer = { ...moved, facts: { ...facts, osVersion: '27.0' } }
    const moves = { before, after: { ...placedAs(['base'], { x: 2 }), enrollment: newer } }
    expect(placing([moves]).enrollments[0]).not.toHaveProperty('changedBy')
  })

  it('whose own values change wants another token, and stays in its cohort', () => {
    const change = move(placedAs(['base'], { x: 1 }), placedAs(['base'], { x: 2 }))
    const { enrollments, moved } = placing([change])
    expect(enrollments[0]).toMatchObject({ cohort: change.before?.cohort.id, since: NOW + MINUTE })
    expect(moved).toEqual(['ipad-1'])
  })

  it('that gets another set moves to another cohort', () => {
    const { enrollments, moved } = placing([move(placedAs(['base']), placedAs(['base', 'extra']))])
    expect(enrollments[0]?.since).toBe(NOW + MINUTE)
    expect(moved).toEqual(['ipad-1'])
  })

  it('that moves to a cohort which holds the same is not woken, though its since moves on', () => {
    const { enrollments, moved } = placing([move(placedAs(['base']), placedAs(['base', 'empty']))])
    expect(enrollments[0]?.since).toBe(NOW + MINUTE)
    expect(moved).toEqual([])
  })

  it('shares a cohort with those that have the same sets and eligibility', () => {
    const { enrollments, cohorts } = placing([
      move(null, placedAs(['base'], { x: 1 }, 'ipad-1')),
      move(null, placedAs(['base'], { x: 2 }, 'ipad-2')),
      move(null, placedAs(['extra'], {}, 'ipad-3')),
    ])
    expect(cohorts).toHaveLength(2)
    expect(new Set(enrollments.map(({ cohort }) => cohort)).size).toBe(2)
    expect(enrollments[0]?.cohort).toBe(enrollments[1]?.cohort)
  })

  it('is placed again for what its OS, its groups or its supervision became', () => {
    const from = placedAs(['base'])
    const before = move(from, from)
    const upgraded = {
      ...before.after,
      enrollment: { ...before.after.enrollment, facts: { platform: 'iOS' as const, osVersion: '26.5' } },
    }
    const { enrollments } = placing([{ ...before, after: upgraded }])
    expect(enrollments[0]?.cohort).not.toBe(before.before?.cohort.id)
  })

  it('never has its Timestamp go back with the clock', () => {
    const { enrollments } = placing([move(placedAs(['base']), placedAs(['extra']))], NOW - MINUTE)
    expect(enrollments[0]?.since).toBe(NOW + SECOND)
  })
})

describe('what variables say of an enrollment', () => {
  const named = draftOf('named', 'com.apple.configuration.management.test', { Echo: '${device.name}' })
  const withTemplate = declaredOf({ drafts: [passcode('p'), named], sets: { base: ['p'], named: ['named'] } })
  const called = (set: string, deviceName: string): Placed => {
    const placed = placedAs([set])
    return { ...placed, enrollment: { ...placed.enrollment, facts: { ...placed.enrollment.facts, deviceName } } }
  }
  const renamed = (set: string) => {
    const [first] = [place([{ before: null, after: called(set, 'one') }], withTemplate, new Map(), NOW)]
    const [enrollment] = first.enrollments
    const cohort = first.cohorts[0]?.cohort
    if (enrollment === undefined || cohort === undefined) throw new Error('Cannot place: nothing was placed')
    const to = called(set, 'two')
    const after = { ...to, enrollment: { ...enrollment, facts: to.enrollment.facts } }
    const before = { ...called(set, 'one'), enrollment, cohort }
    return { was: enrollment, ...place([{ before, after }], withTemplate, new Map(), NOW + MINUTE) }
  }

  it('moves those whose templates ask for it, in the same cohort', () => {
    const { was, enrollments, moved, values } = renamed('named')
    expect(moved).toEqual(['ipad-1'])
    expect(enrollments[0]).toMatchObject({ cohort: was.cohort, own: was.own, since: NOW + MINUTE })
    expect(values.get(enrollments[0]?.particulars ?? '')).toMatchObject({ 'device.name': 'two' })
  })

  it('is kept of the others too, who want what they wanted and are not woken', () => {
    const { was, enrollments, moved, values, cohorts } = renamed('base')
    expect([moved, cohorts]).toEqual([[], []])
    expect(enrollments[0]?.since).toBe(NOW)
    expect(enrollments[0]?.particulars).not.toBe(was.particulars)
    expect(values.get(enrollments[0]?.particulars ?? '')).toMatchObject({ 'device.name': 'two' })
  })
})

describe('a property key that two sources would give one device is refused', () => {
  const by = (from: Placed | null, to: Placed) => placing([move(from, to)]).problems.map((problem) => problem.by)

  it('when an enrollment gets a value for it', () => {
    expect(by(placedAs(['roles']), placedAs(['roles'], { role: 3 }))).toEqual([['a', `${OWN_PROPERTIES} of ipad-1`]])
  })

  it('when an enrollment with a value for it gets a set that has it', () => {
    expect(by(placedAs([], { role: 3 }), placedAs(['roles'], { role: 3 }))).toEqual([
      ['a', `${OWN_PROPERTIES} of ipad-1`],
    ])
  })

  it('when an enrollment gets a second set that has it', () => {
    expect(by(placedAs(['roles']), placedAs(['roles', 'others']))).toEqual([['a', 'b']])
  })

  it('but not when it was so before: nothing else about the device could be changed', () => {
    expect(by(placedAs(['roles', 'others'], { role: 3 }), placedAs(['roles', 'others', 'base'], { role: 3 }))).toEqual(
      [],
    )
  })

  it('once, however many channels it is about', () => {
    const many = ['ipad-1', 'ipad-2'].map((id) =>
      move(placedAs(['roles'], {}, id), placedAs(['roles', 'others'], {}, id)),
    )
    expect(placing(many).problems).toHaveLength(1)
  })
})
