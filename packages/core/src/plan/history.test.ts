import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cohortId, cohortKey } from '../assignment/cohort-key.ts'
import { NO_MEMBERSHIP } from '../assignment/membership.ts'
import type { Declared } from '../declared.ts'
import { eligibilityOf } from '../enrollment/enrollment.ts'
import { cohortManifest } from '../manifest/cohort-manifest.ts'
import { declarationsToken, ownToken } from '../manifest/token.ts'
import { wantedSince } from '../sync/timestamp.ts'
import { enrollmentOf, NOW, SECOND } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, given, passcode } from '../testing/declared-of.ts'
import { particularsOf, particularsToken } from '../variable/particulars.ts'
import type { Cohort } from './cohort.ts'
import type { Edit } from './edit.ts'
import { type Placed, place } from './place.ts'
import { plan } from './plan.ts'

const named = (Echo: string) => draftOf('named', 'com.apple.configuration.management.test', { Echo })

const declared = declaredOf({
  drafts: [passcode('p'), passcode('q', 9), activation('on', ['p']), named('$device.name, $property.floor')],
  sets: { base: ['on'], extra: ['q'], empty: [] },
  groups: { lower: [given('base')] },
})

describe('over any history of changes and moves, with a clock that runs as it likes', () => {
  const ids = ['one', 'two', 'three'] as const
  const sets = ['base', 'extra', 'empty'] as const
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('length' as const),
      identifier: fc.constantFrom('p', 'q'),
      length: fc.integer({ min: 4, max: 7 }),
    }),
    fc.record({ kind: fc.constant('reapply' as const), identifier: fc.constantFrom('p', 'q') }),
    fc.record({
      kind: fc.constant('members' as const),
      set: fc.constantFrom(...sets),
      members: fc.subarray(['on', 'q', 'p', 'named']),
    }),
    fc.record({
      kind: fc.constant('echo' as const),
      text: fc.constantFrom('$device.name, $property.floor', '$property.floor', 'as it is'),
    }),
    fc.record({
      kind: fc.constant('called' as const),
      id: fc.constantFrom(...ids),
      name: fc.constantFrom('first', 'second'),
    }),
    fc.record({ kind: fc.constant('group' as const), sets: fc.subarray([...sets]) }),
    fc.record({
      kind: fc.constant('values' as const),
      id: fc.constantFrom(...ids),
      floor: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ kind: fc.constant('given' as const), id: fc.constantFrom(...ids), sets: fc.subarray([...sets]) }),
    fc.record({
      kind: fc.constant('version' as const),
      id: fc.constantFrom(...ids),
      osVersion: fc.constantFrom('14.8', '26.4', '26.5'),
    }),
  )
  const history = fc.array(fc.tuple(step, fc.integer({ min: -5000, max: 5000 })), { maxLength: 40 })
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

  function changed(from: Placed, each: Extract<Step, { id: string }>): Placed {
    switch (each.kind) {
      case 'values':
        return { ...from, properties: { floor: each.floor } }
      case 'given':
        return { ...from, membership: { ...from.membership, assignments: each.sets.map((set) => given(set)) } }
      case 'called':
        return {
          ...from,
          enrollment: { ...from.enrollment, facts: { ...from.enrollment.facts, deviceName: each.name } },
        }
      case 'version':
        return {
          ...from,
          enrollment: { ...from.enrollment, facts: { ...from.enrollment.facts, osVersion: each.osVersion } },
        }
    }
  }

  /** What a store would hold: cohorts and channels, written as the plans say. */
  class World {
    declared: Declared = declared
    readonly cohorts = new Map<string, Cohort>()
    readonly channels = new Map<string, Placed>()
    /** Who was moved by the last step. */
    moved: readonly string[] = []

    constructor(now: number) {
      for (const id of ids) {
        const membership = { ...NO_MEMBERSHIP, groups: ['lower'] }
        this.move(null, { enrollment: enrollmentOf({ id }), membership, properties: {} }, now)
      }
    }

    edit(edit: Edit, now: number): void {
      const ground = { declared: this.declared, cohorts: [...this.cohorts.values()], capabilities: new Map() }
      const { after, cohorts } = plan(ground, edit, now)
      this.declared = after
      for (const { cohort } of cohorts) this.cohorts.set(cohort.id, cohort)
    }

    move(from: Placed | null, to: Placed, now: number): void {
      const cohort = from === null ? undefined : this.cohorts.get(from.enrollment.cohort)
      const before = from === null || cohort === undefined ? null : { ...from, cohort }
      const { enrollments, cohorts, moved } = place([{ before, after: to }], this.declared, new Map(), now)
      this.moved = moved
      for (const change of cohorts)
        if (!this.cohorts.has(change.cohort.id)) this.cohorts.set(change.cohort.id, change.cohort)
      for (const enrollment of enrollments) this.channels.set(enrollment.id, { ...to, enrollment })
    }

    apply(each: Step, now: number): void {
      switch (each.kind) {
        case 'length':
          this.edit({ kind: 'put-declaration', draft: passcode(each.identifier, each.length) }, now)
          break
        case 'echo':
          this.edit({ kind: 'put-declaration', draft: named(each.text) }, now)
          break
        case 'reapply':
          this.edit({ kind: 'reapply-declaration', identifier: each.identifier }, now)
          break
        case 'members':
          this.edit({ kind: 'put-set', name: each.set, declarations: each.members }, now)
          break
        case 'group':
          for (const set of sets) {
            const assign: Edit = { kind: 'assign-group', group: 'lower', assignment: given(set) }
            const unassign: Edit = { kind: 'unassign-group', group: 'lower', set, channel: 'own' }
            this.edit(each.sets.includes(set) ? assign : unassign, now)
          }
          break
        default:
          this.change(each.id, (from) => changed(from, each), now)
      }
    }

    change(id: string, change: (from: Placed) => Placed, now: number): void {
      const from = this.channels.get(id)
      if (from !== undefined) this.move(from, change(from), now)
    }

    wanted(id: string) {
      const channel = this.channels.get(id)
      const cohort = this.cohorts.get(channel?.enrollment.cohort ?? '')
      if (channel === undefined || cohort === undefined) throw new Error(`Cannot find ${id}`)
      const { enrollment } = channel
      const { since } = enrollment
      return { token: declarationsToken(cohort.common, enrollment), at: wantedSince(cohort.since, since) }
    }
  }

  it('a Timestamp is whole seconds and never goes back, even when the token does', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let now = NOW
        const world = new World(now)
        for (const [each, elapsed] of steps) {
          const before = ids.map((id) => world.wanted(id))
          now += elapsed
          world.apply(each, now)
          ids.forEach((id, index) => {
            const { at } = world.wanted(id)
            expect(at % SECOND).toBe(0)
            expect(at).toBeGreaterThanOrEqual(before[index]?.at ?? 0)
          })
        }
      }),
    )
  })

  it('what is stored as wanted is what computing it again gives', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let now = NOW
        const world = new World(now)
        for (const [each, elapsed] of steps) {
          now += elapsed
          world.apply(each, now)
        }
        for (const { enrollment, membership, properties: own } of world.channels.values()) {
          const key = cohortKey(eligibilityOf(enrollment), membership)
          expect(enrollment.cohort).toBe(cohortId(key))
          expect(enrollment.own).toBe(ownToken({ properties: own }))
          expect(enrollment.particulars).toBe(particularsToken(particularsOf(enrollment)))
          expect(world.cohorts.get(enrollment.cohort)?.common).toBe(
            cohortManifest(key, world.declared, null).half.token,
          )
        }
      }),
    )
  })

  it('a channel is woken when what it wants changes by what is known of it, and never otherwise', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let now = NOW
        const world = new World(now)
        for (const [each, elapsed] of steps) {
          now += elapsed
          const before = ids.map((id) => world.wanted(id).token)
          world.apply(each, now)
          if (!('id' in each)) continue
          const changed = ids.filter((id, index) => world.wanted(id).token !== before[index])
          expect(world.moved).toEqual(changed)
        }
      }),
    )
  })

  it('undoing everything gives back the first token', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 9 }), fc.subarray([...sets]), (length, added) => {
        const world = new World(NOW)
        const first = world.wanted('one').token
        world.apply({ kind: 'length', identifier: 'p', length }, NOW + SECOND)
        world.apply({ kind: 'given', id: 'one', sets: added }, NOW + SECOND)
        world.apply({ kind: 'values', id: 'one', floor: 1 }, NOW + SECOND)
        world.apply({ kind: 'members', set: 'base', members: ['on', 'named'] }, NOW + SECOND)
        world.apply({ kind: 'called', id: 'one', name: 'second' }, NOW + SECOND)
        world.apply({ kind: 'echo', text: 'as it is' }, NOW + SECOND)
        world.apply({ kind: 'members', set: 'base', members: ['on'] }, NOW + SECOND)
        world.apply({ kind: 'given', id: 'one', sets: [] }, NOW + SECOND)
        world.apply({ kind: 'length', identifier: 'p', length: 6 }, NOW + SECOND)
        world.change('one', (from) => ({ ...from, properties: {} }), NOW + SECOND)
        expect(world.wanted('one').token).toBe(first)
        expect(world.wanted('one').at).toBeGreaterThan(NOW)
      }),
    )
  })
})
