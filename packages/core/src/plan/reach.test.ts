import { declarationTypes } from '@edict/catalogue'
import { describe, expect, it } from 'vitest'
import { cohortId, cohortKey } from '../assignment/cohort-key.ts'
import { NO_MEMBERSHIP } from '../assignment/membership.ts'
import { ACTIVATION_TYPE } from '../declaration/declaration.ts'
import type { Declared } from '../declared.ts'
import type { Eligibility } from '../eligibility/eligibility.ts'
import { cohortManifest } from '../manifest/cohort-manifest.ts'
import { capabilitiesOf as capable, IPAD, MINUTE, NOW } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, given, PASSCODE_TYPE, passcode, properties } from '../testing/declared-of.ts'
import type { Cohort } from './cohort.ts'
import type { Edit } from './edit.ts'
import { plan } from './plan.ts'

const MAC: Eligibility = { ...IPAD, platform: 'macOS', osVersion: '15.0' }
const OLD_IPAD: Eligibility = { ...IPAD, osVersion: '16.0' }

function cohort(of: Declared, group: string, eligibility: Eligibility): Cohort {
  const key = cohortKey(eligibility, { ...NO_MEMBERSHIP, groups: [group] })
  const { half, leftOut } = cohortManifest(key, of, null)
  return { id: cohortId(key), key, common: half.token, since: NOW, revision: of.revision, leftOut }
}

const mdm = draftOf('app', 'com.apple.configuration.app.managed', { AppStoreID: '1' })

describe('what a commit says of the channels that it reaches', () => {
  const declared = declaredOf({
    drafts: [passcode('p'), activation('on', ['p'])],
    sets: { base: ['on'], spare: [] },
    groups: { all: [given('base')], none: [] },
  })
  const said = (edit: Edit, eligibilities: readonly Eligibility[], of = declared, keys: readonly string[] = []) =>
    plan(
      {
        declared: { ...of, settings: { subscription: { enabled: true } } },
        cohorts: eligibilities.map((one) => cohort(of, 'all', one)),
        capabilities: new Map([
          ['caps', capable({ activation: [ACTIVATION_TYPE], configuration: [PASSCODE_TYPE] }, ['device.model.family'])],
        ]),
        properties: new Set(keys),
      },
      edit,
      NOW + MINUTE,
    ).problems
  const put = (draft: ReturnType<typeof passcode>): Edit => ({ kind: 'put-declaration', draft })
  const gated = (predicate: string) => put(activation('on', ['p'], predicate))

  it('is nothing where every channel has all of it', () => {
    expect(said(gated("@status(device.model.family) == 'iPad'"), [IPAD, MAC])).toEqual([])
  })

  it('warns of a status item that one of several does not have, and names it', () => {
    const found = said(gated('@status(passcode.is-compliant) == TRUE'), [IPAD, MAC])
    expect(found).toMatchObject([{ code: 'item-unavailable-on-target', severity: 'warning' }])
    expect(found[0]?.message).toContain('on macOS 15.0, supervised')
    expect(said(gated('@status(passcode.is-compliant) == TRUE'), [IPAD])).toEqual([])
  })

  it('believes a device that reported what it can have', () => {
    const reported = { ...IPAD, capabilities: 'caps' }
    const found = said(gated('@status(passcode.is-compliant) == TRUE'), [reported])
    expect(found).toMatchObject([{ code: 'item-unavailable-on-target' }])
    expect(said(gated("@status(device.model.family) == 'iPad'"), [reported])).toEqual([])
  })

  it('warns of a type that one lacks, refuses one that all lack, and says nothing where nobody is reached', () => {
    const of = { ...declared, declarations: declaredOf({ drafts: [mdm, activation('on', ['app'])] }).declarations }
    expect(declarationTypes.get(mdm.type)?.availability.macOS?.introduced ?? '99').not.toBe('15.0')
    const again = { ...mdm, payload: { AppStoreID: '2' } }
    expect(said(put(again), [IPAD, OLD_IPAD], of)).toMatchObject([{ code: 'type-unavailable', severity: 'warning' }])
    expect(said(put(again), [OLD_IPAD], of)).toMatchObject([{ code: 'type-unavailable', severity: 'error' }])
    expect(said(put(again), [], of)).toEqual([])
  })

  it('warns of what an edited activation brings along', () => {
    const of = {
      ...declared,
      declarations: declaredOf({ drafts: [passcode('p'), activation('on', ['p']), mdm] }).declarations,
    }
    const found = said(put(activation('on', ['app'])), [OLD_IPAD], of)
    expect(found).toMatchObject([{ code: 'type-unavailable', severity: 'warning', by: ['app'] }])
  })

  it('warns of the members of a set, each at its place', () => {
    const of = declaredOf({
      drafts: [passcode('p'), activation('on', ['p']), mdm, activation('app.on', ['app'])],
      sets: { base: ['on'] },
      groups: { all: [given('base')] },
    })
    const edit: Edit = { kind: 'put-set', name: 'base', declarations: ['on', 'app.on', 'app'] }
    expect(said(edit, [IPAD, OLD_IPAD], of)).toMatchObject([
      { code: 'type-unavailable', severity: 'warning', at: '/declarations/2', by: ['app'] },
    ])
    expect(said(edit, [IPAD], of)).toEqual([])
  })

  it('warns when a group is given a set that reaches others than it is for', () => {
    const of = declaredOf({
      drafts: [mdm, activation('app.on', ['app'])],
      sets: { apps: ['app.on'] },
      groups: { all: [] },
    })
    const edit: Edit = {
      kind: 'assign-group',
      group: 'all',
      assignment: { set: 'apps', channel: 'own', exclude: false },
    }
    expect(said(edit, [OLD_IPAD], of)).toMatchObject([{ code: 'type-unavailable', severity: 'warning', by: ['app'] }])
  })

  it('knows the properties that enrollments have, and those of declarations', () => {
    const coach = '@property(coach) == TRUE'
    expect(said(gated(coach), [])).toMatchObject([{ code: 'property-set-nowhere', severity: 'warning' }])
    expect(said(gated(coach), [], declared, ['coach'])).toEqual([])
  })

  it('warns of a property that is declared, but not for those who get the predicate', () => {
    const of = declaredOf({
      drafts: [passcode('p'), activation('on', ['p'], '@property(coach) == TRUE'), properties('c', { coach: true })],
      sets: { gated: ['on'] },
      groups: { all: [] },
    })
    const edit: Edit = {
      kind: 'assign-group',
      group: 'all',
      assignment: { set: 'gated', channel: 'own', exclude: false },
    }
    const found = said(edit, [IPAD], of)
    expect(found).toMatchObject([{ code: 'property-set-nowhere', found: 'coach', by: ['on'] }])
    expect(found[0]?.message).toContain('on iOS 26.4.2, supervised')
    expect(said(edit, [IPAD], of, ['coach'])).toEqual([])
    const both = { ...of, sets: new Map([['gated', ['c', 'on']]]) }
    expect(said(edit, [IPAD], both)).toEqual([])
  })

  it('warns of a key that one does not have', () => {
    const keyed = draftOf('p', PASSCODE_TYPE, { CustomRegex: { Regex: '.*' } })
    const found = said(put(keyed), [IPAD, MAC])
    expect(found).toMatchObject([{ code: 'payload-key-unavailable', severity: 'warning', at: '/Payload/CustomRegex' }])
    expect(found[0]?.message).toContain('iOS')
    expect(said(put(keyed), [IPAD])).toMatchObject([{ code: 'payload-key-unavailable', severity: 'error' }])
    expect(said(put(keyed), [MAC])).toEqual([])
  })
})
