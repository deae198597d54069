import { describe, expect, it } from 'vitest'
import { cohortId, cohortKey } from '../assignment/cohort-key.ts'
import { NO_MEMBERSHIP } from '../assignment/membership.ts'
import type { Declared } from '../declared.ts'
import type { Eligibility } from '../eligibility/eligibility.ts'
import { cohortManifest } from '../manifest/cohort-manifest.ts'
import { asksForParticulars } from '../manifest/token.ts'
import { capabilitiesOf as capable, IPAD, MINUTE, NOW, SECOND } from '../testing/channel-of.ts'
import {
  activation,
  declaredOf,
  draftOf,
  given,
  PASSCODE_TYPE,
  passcode,
  person,
  properties,
} from '../testing/declared-of.ts'
import type { Cohort } from './cohort.ts'
import type { Edit } from './edit.ts'
import { plan, recompute } from './plan.ts'

const declared = declaredOf({
  drafts: [passcode('p'), passcode('q'), activation('on', ['p']), properties('a', { role: 1 }), person('ada')],
  sets: { base: ['on'], props: ['a'], spare: [] },
  groups: { lower: [given('base'), given('props')], upper: [given('base')] },
})

function cohort(groups: string[], since = NOW, eligibility: Eligibility = IPAD, of: Declared = declared): Cohort {
  const key = cohortKey(eligibility, { ...NO_MEMBERSHIP, groups })
  const { half, leftOut } = cohortManifest(key, of, null)
  return { id: cohortId(key), key, common: half.token, since, revision: of.revision, leftOut }
}

const lower = cohort(['lower'])
const upper = cohort(['upper'])
const ground = { declared, cohorts: [lower, upper], capabilities: new Map() }
const planned = (edit: Edit, now = NOW + MINUTE) => plan(ground, edit, now)
const put = (draft: ReturnType<typeof passcode>): Edit => ({ kind: 'put-declaration', draft })

describe('a plan', () => {
  it('is the next revision, with the cohorts that change and what they will hold', () => {
    const { before, after, cohorts, problems } = planned(put(passcode('p', 9)))
    expect([before.revision, after.revision, problems]).toEqual([1, 2, []])
    expect(cohorts.map(({ cohort: { id } }) => id)).toEqual([lower.id, upper.id])
    for (const { cohort: made, manifest, before: token } of cohorts) {
      expect(made).toMatchObject({ common: manifest.half.token, since: NOW + MINUTE, revision: 2 })
      expect(token).not.toBe(made.common)
    }
  })

  it('changes cohorts, and no enrollment, when a declaration becomes a template, and goes back when it is none any more', () => {
    const echo = (Echo: string) => put(draftOf('p', 'com.apple.configuration.management.test', { Echo }))
    const templated = plan(ground, echo('${device.name}'), NOW + MINUTE)
    expect(templated.problems).toEqual([])
    expect(templated.cohorts.map(({ cohort: { common } }) => asksForParticulars(common))).toEqual([true, true])
    const cohorts = templated.cohorts.map(({ cohort: each }) => each)
    const plain = plan({ ...ground, declared: templated.after, cohorts }, put(passcode('p')), NOW + MINUTE)
    expect(plain.cohorts.map(({ cohort: { common } }) => common)).toEqual([lower.common, upper.common])
  })

  it('is the same value however often it is made', () => {
    expect(planned(put(passcode('p', 9)))).toEqual(planned(put(passcode('p', 9))))
  })

  it('of an edit that nobody notices has no cohorts, but is a revision', () => {
    const { after, cohorts } = planned(put(passcode('q', 9)))
    expect([after.revision, cohorts]).toEqual([2, []])
  })

  it('of the same content again is nothing', () => {
    const { before, after, cohorts, claims, problems } = planned(put(passcode('p')))
    expect(after).toBe(before)
    expect([cohorts, claims, problems]).toEqual([[], [], []])
  })

  it('of what is refused changes nothing, and says why', () => {
    const { before, after, cohorts, problems } = planned({ kind: 'delete-declaration', identifier: 'p' })
    expect(after).toBe(before)
    expect(cohorts).toEqual([])
    expect(problems.map(({ code, by }) => ({ code, by }))).toEqual([
      { code: 'declaration-in-use', by: ['activation on'] },
    ])
  })

  it('keeps a Timestamp from going back when the clock does', () => {
    const { cohorts } = planned(put(passcode('p', 9)), NOW - MINUTE)
    expect(cohorts.map(({ cohort: { since } }) => since)).toEqual([NOW + SECOND, NOW + SECOND])
  })

  it('shows a cohort of which only the left-out list changes, with its token, since and revision as they were', () => {
    const old = cohort(['lower'], NOW, { ...IPAD, osVersion: '14.8' })
    const { cohorts } = plan({ ...ground, cohorts: [old] }, put(passcode('r')), NOW)
    expect(cohorts).toEqual([])
    const more: Edit = { kind: 'put-set', name: 'base', declarations: ['on', 'q'] }
    const [change] = plan({ ...ground, cohorts: [old] }, more, NOW + MINUTE).cohorts
    expect(change?.cohort).toMatchObject({ common: old.common, since: NOW, revision: old.revision })
    expect(change?.cohort.leftOut.map(({ identifier }) => identifier)).toContain('q')
  })

  it('mends a cohort that drifted from what is declared', () => {
    const drifted = { ...upper, common: 'drifted' }
    const [change] = plan({ ...ground, cohorts: [drifted] }, put(passcode('p', 9)), NOW).cohorts
    expect(change).toMatchObject({ before: 'drifted', cohort: { since: NOW + SECOND } })
    expect(planned(put(passcode('p', 9))).cohorts.map(({ cohort: { common } }) => common)).toContain(
      change?.cohort.common,
    )
  })

  it('gates a cohort by what its devices reported', () => {
    const eligibility = { ...IPAD, capabilities: 'hash' }
    const capabilities = new Map([['hash', capable({ configuration: [PASSCODE_TYPE] })]])
    const reported = cohort(['upper'], NOW, eligibility)
    const [change] = plan({ declared, cohorts: [reported], capabilities }, put(passcode('p', 9)), NOW).cohorts
    expect(change?.manifest.half.items.map(({ identifier }) => identifier)).toEqual(['p'])
    expect(change?.cohort.leftOut.map(({ identifier }) => identifier)).toEqual(['on'])
  })

  it('costs what it changes: no part of it knows how many devices there are', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      ...upper,
      id: `other-${index}`,
      key: { ...upper.key, groups: [] },
    }))
    const { cohorts } = plan({ ...ground, cohorts: [...many, lower] }, put(passcode('p', 9)), NOW)
    expect(cohorts.map(({ cohort: { id } }) => id)).toEqual([lower.id])
  })
})

describe('a property key that two declarations would give one device is refused', () => {
  const conflicting = properties('b', { role: 2 })
  const by = (edit: Edit, on = ground) => plan(on, edit, NOW).problems.map((problem) => problem.by)
  const withB = { ...ground, declared: declaredOf({ ...written(), drafts: [...drafts(), conflicting] }) }

  it('when a declaration takes it', () => {
    const inSet = { ...withB.declared, sets: new Map(withB.declared.sets).set('base', ['c', 'on']) }
    const c = declaredOf({ drafts: [properties('c', { floor: 1 })] }).declarations.get('c')
    const declarations = c === undefined ? inSet.declarations : new Map(inSet.declarations).set('c', c)
    const on = { ...withB, declared: { ...inSet, declarations } }
    expect(by(put(properties('c', { floor: 1, role: 3 })), on)).toEqual([['a', 'c']])
  })

  it('when a set takes a declaration that has it', () => {
    expect(by({ kind: 'put-set', name: 'base', declarations: ['on', 'b'] }, withB)).toEqual([['a', 'b']])
  })

  it('when a group takes a set that has it', () => {
    const sets = new Map(withB.declared.sets).set('spare', ['b'])
    const on = { ...withB, declared: { ...withB.declared, sets } }
    expect(by({ kind: 'assign-group', group: 'lower', assignment: given('spare') }, on)).toEqual([['a', 'b']])
    expect(by({ kind: 'assign-group', group: 'upper', assignment: given('spare') }, on)).toEqual([])
  })

  it('and what it claims is left for the store to compare with the values of enrollments', () => {
    const { claims, problems } = planned(put(properties('a', { role: 1, floor: 2 })))
    expect(problems).toEqual([])
    expect(claims).toEqual([{ cohort: lower.id, key: 'floor', declaration: 'a' }])
  })

  function drafts() {
    return [passcode('p'), passcode('q'), activation('on', ['p']), properties('a', { role: 1 }), person('ada')]
  }

  function written() {
    return {
      sets: { base: ['on'], props: ['a'], spare: [] },
      groups: { lower: [given('base'), given('props')], upper: [given('base')] },
    }
  }
})

describe('recompute', () => {
  it('gives back what is stored when nothing drifted', () => {
    const { cohort: made, before } = recompute(lower, declared, null, NOW + MINUTE)
    expect(made).toEqual(lower)
    expect(before).toBe(made.common)
  })

  it('shows a drift, and moves the Timestamp on with its mending', () => {
    const { cohort: made, before } = recompute({ ...lower, common: 'drifted' }, declared, null, NOW)
    expect(before).toBe('drifted')
    expect(made).toMatchObject({ common: lower.common, since: NOW + SECOND })
  })
})
