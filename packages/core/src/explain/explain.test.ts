import { describe, expect, it } from 'vitest'
import { cohortKey } from '../assignment/cohort-key.ts'
import { type Membership, NO_MEMBERSHIP } from '../assignment/membership.ts'
import type { Condition } from '../condition/condition.ts'
import { IPAD } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, given, passcode, person, properties } from '../testing/declared-of.ts'
import { type ExplainGround, explain } from './explain.ts'

const declared = declaredOf({
  drafts: [
    passcode('passcode'),
    activation('on', ['passcode'], '@status(passcode.is-present) == TRUE'),
    person('ada'),
    draftOf('mail', 'com.apple.configuration.account.google', { UserIdentityAssetReference: 'ada' }),
    activation('mail.on', ['mail'], '"IT" IN @property(roles)'),
    properties('school', { roles: ['IT'] }),
    passcode('lonely'),
  ],
  sets: { secure: ['on'], office: ['mail.on', 'school'], unused: ['lonely'] },
  groups: { staff: [given('office')], guests: [given('secure', { exclude: true })] },
})
const ground = (membership: Partial<Membership>, but: Partial<ExplainGround> = {}): ExplainGround => {
  const whole = { ...NO_MEMBERSHIP, ...membership }
  const key = cohortKey(IPAD, whole)
  const base = {
    declared,
    membership: whole,
    key,
    capabilities: null,
    properties: {},
    particulars: {},
    items: new Map(),
    conditions: [],
  }
  return { ...base, ...but }
}
const staff = { groups: ['staff'], assignments: [given('secure')] }
const of = (name: string, one: ExplainGround = ground(staff)) => explain(one, name)?.[0]

describe('explain', () => {
  it('says which set brings a declaration, by way of what, and who gave the set', () => {
    expect(of('ada')?.sets).toEqual([
      {
        set: 'office',
        via: ['mail.on', 'mail'],
        counts: true,
        given: [{ from: 'group:staff', channel: 'own', exclude: false }],
      },
    ])
    expect(of('on')?.sets).toMatchObject([{ set: 'secure', via: [], given: [{ from: 'enrollment' }] }])
  })

  it('says of what is not here which sets have it, and who excludes them', () => {
    expect(of('lonely')).toMatchObject({
      sets: [{ set: 'unused', counts: false, given: [] }],
      serverToken: null,
      expected: null,
    })
    const excluded = ground({ groups: ['guests'], assignments: [given('secure')] })
    expect(of('passcode', excluded)?.sets).toMatchObject([
      { set: 'secure', counts: false, given: [{ from: 'enrollment' }, { from: 'group:guests', exclude: true }] },
    ])
  })

  it('begins with what was asked for; what it names and what names it follow in order', () => {
    expect(explain(ground(staff), 'mail')?.map(({ identifier }) => identifier)).toEqual(['mail', 'mail.on', 'ada'])
    expect(of('mail')).toMatchObject({ refersTo: ['ada'], referredToBy: ['mail.on'] })
  })

  it('says what follows from what is known, with every value and where it comes from', () => {
    expect(of('mail.on')).toMatchObject({
      expected: 'active',
      because: { code: 'predicate-true' },
      predicate: { tree: { parts: [{ value: ['IT'], origin: { from: 'property', declarations: ['school'] } }] } },
    })
    expect(of('mail')).toMatchObject({ expected: 'active', because: { of: ['mail.on'] } })
  })

  it('leaves unknown what is unknown', () => {
    expect(of('on')).toMatchObject({ expected: 'unknown', predicate: { outcomes: ['true', 'false', 'error'] } })
    expect(of('passcode')).toMatchObject({ expected: 'unknown' })
    const items = new Map([['passcode.is-present', { answer: 'value', value: false, at: 1 } as const]])
    expect(of('passcode', ground(staff, { items }))).toMatchObject({ expected: 'inactive' })
  })

  it("prefers the enrollment's own properties, and says that they are the source", () => {
    const own = ground(staff, { properties: { roles: [] } })
    expect(of('mail.on', own)).toMatchObject({
      expected: 'inactive',
      predicate: { tree: { parts: [{ value: [], origin: { declarations: ['edict.properties'] } }] } },
    })
    expect(of('edict.properties', own)).toMatchObject({ origin: 'edict', expected: null })
    expect(of('school', own)).toMatchObject({ leftOut: { code: 'left-out-empty' }, serverToken: null })
  })

  it('says why something is left out', () => {
    const television = { ...IPAD, platform: 'tvOS' } as const
    const key = cohortKey(television, { ...NO_MEMBERSHIP, ...staff })
    expect(of('passcode', ground(staff, { key }))).toMatchObject({
      leftOut: { code: 'left-out-ineligible' },
      payload: null,
      expected: null,
    })
  })

  it('carries the condition, also of what is on its way out', () => {
    const reason = { code: 'still-reported', message: 'the device still reports it' }
    const gone: Condition = {
      kind: 'configuration',
      identifier: 'old',
      serverToken: null,
      condition: 'removing',
      reason,
      since: 1,
      evidence: {},
    }
    const all = explain(ground(staff, { conditions: [gone] }))
    expect(all?.find(({ identifier }) => identifier === 'old')).toMatchObject({ condition: gone, sets: [], type: '' })
    expect(all?.map(({ identifier }) => identifier)).not.toContain('lonely')
  })

  it('knows nothing of what does not exist', () => {
    expect(explain(ground(staff), 'nonsense')).toBeUndefined()
  })
})
