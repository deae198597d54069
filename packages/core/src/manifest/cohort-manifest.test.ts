import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../declaration/draft.ts'
import { OWN_PROPERTIES, SUBSCRIPTION, SUBSCRIPTION_ACTIVATION } from '../declaration/generated.ts'
import type { Declared } from '../declared.ts'
import { applyEdit } from '../plan/apply.ts'
import type { Edit } from '../plan/edit.ts'
import { capabilitiesOf, IPAD, keyOf } from '../testing/channel-of.ts'
import { activation, declaredOf, mail, passcode, person, properties, QUIET } from '../testing/declared-of.ts'
import { cohortManifest } from './cohort-manifest.ts'

const drafts: readonly Draft[] = [
  person('ada'),
  mail('mail', 'ada'),
  passcode('passcode'),
  passcode('strict', 12),
  properties('role', { role: 'teacher' }),
  activation('on', ['passcode', 'mail']),
]
const sets = { base: ['on', 'role'], extra: ['strict', 'passcode'] }
const tokenOf = (declared: Declared) => cohortManifest(keyOf(Object.keys(sets)), declared, null).half.token
const after = (declared: Declared, ...edits: readonly Edit[]) =>
  edits.reduce((state, edit) => applyEdit(state, edit).after, declared)
const put = (draft: Draft): Edit => ({ kind: 'put-declaration', draft })

describe('the token of a cohort', () => {
  it('is the same in any insertion order of declarations, sets, members and sources', () => {
    const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length })
    const world = fc.record({
      drafts: shuffled(drafts),
      names: shuffled(Object.keys(sets)),
      base: shuffled(sets.base),
      extra: shuffled(sets.extra),
    })
    const expected = tokenOf(declaredOf({ drafts, sets }))
    fc.assert(
      fc.property(world, ({ names, base, extra, ...rest }) => {
        const members = { base, extra }
        const ordered = Object.fromEntries(names.map((name) => [name, members[name as keyof typeof members]]))
        const manifest = cohortManifest(keyOf(names), declaredOf({ drafts: rest.drafts, sets: ordered }), null)
        expect(manifest.half.token).toBe(expected)
        expect(manifest.half.items).toEqual(
          cohortManifest(keyOf(['base', 'extra']), declaredOf({ drafts, sets }), null).half.items,
        )
      }),
    )
  })

  it('is the old one again when a change is reverted', () => {
    const before = declaredOf({ drafts, sets })
    const changed = after(before, put(passcode('passcode', 8)))
    expect(tokenOf(changed)).not.toBe(tokenOf(before))
    expect(tokenOf(after(changed, put(passcode('passcode'))))).toBe(tokenOf(before))
  })

  it('is another one after a re-apply, and stays so when the same content is put again', () => {
    const before = declaredOf({ drafts, sets })
    const reapplied = after(before, { kind: 'reapply-declaration', identifier: 'passcode' })
    expect(tokenOf(reapplied)).not.toBe(tokenOf(before))
    expect(tokenOf(after(reapplied, put(passcode('passcode'))))).toBe(tokenOf(reapplied))
  })

  it('counts templates by their content, also when they are re-applied', () => {
    const before = declaredOf({ drafts, sets })
    expect(tokenOf(after(before, put(properties('role', { role: 'head' }))))).not.toBe(tokenOf(before))
    expect(tokenOf(after(before, { kind: 'reapply-declaration', identifier: 'role' }))).not.toBe(tokenOf(before))
  })

  it('is not touched by what no set of the cohort holds', () => {
    const before = declaredOf({ drafts, sets })
    const more = after(
      before,
      put(passcode('other')),
      { kind: 'put-set', name: 'base.eu', declarations: ['other'] },
      { kind: 'put-group', name: 'sports' },
    )
    expect(tokenOf(more)).toBe(tokenOf(before))
  })
})

describe('the common half', () => {
  it('holds what the sets hold and what that refers to, in canonical order', () => {
    const { half } = cohortManifest(keyOf(['base']), declaredOf({ drafts, sets }), null)
    expect(half.items.map(({ kind, identifier }) => `${kind} ${identifier}`)).toEqual([
      'activation on',
      'asset ada',
      'configuration mail',
      'configuration passcode',
      `management ${OWN_PROPERTIES}`,
      'management role',
    ])
    expect(half.items.filter(({ own }) => own).map(({ identifier }) => identifier)).toEqual([OWN_PROPERTIES, 'role'])
  })

  it('has a body of 64 octets of token for every shared item, and every template as written', () => {
    const { half, bodies } = cohortManifest(keyOf(['base']), declaredOf({ drafts, sets }), null)
    const stored = new Set(bodies.map(({ serverToken }) => serverToken))
    const hashes = half.items.filter(({ identifier }) => identifier !== OWN_PROPERTIES).map(({ hash }) => hash)
    expect(hashes.every((hash) => stored.has(hash) && Buffer.byteLength(hash) === 64)).toBe(true)
  })

  it('has no place for own properties where properties cannot be had', () => {
    const old = { ...IPAD, osVersion: '15.6' }
    const { half } = cohortManifest(keyOf([], old), declaredOf({}), null)
    expect(half.items).toEqual([])
  })

  it('is empty, not broken, when a set does not exist any more', () => {
    expect(
      cohortManifest(keyOf(['gone']), declaredOf({}), null).half.items.map(({ identifier }) => identifier),
    ).toEqual([OWN_PROPERTIES])
  })
})

describe('what Edict adds to a cohort', () => {
  const settings = { subscription: { enabled: true } }
  const capabilities = capabilitiesOf(
    {
      activation: ['com.apple.activation.simple'],
      configuration: ['com.apple.configuration.management.status-subscriptions'],
      management: ['com.apple.management.properties'],
    },
    ['passcode.is-present', 'device.model.family'],
  )
  const reported = { ...IPAD, capabilities: 'c' }

  it('is nothing before its devices have said what they support', () => {
    const { subscribed, half } = cohortManifest(keyOf([]), declaredOf({ settings }), null)
    expect(subscribed).toEqual([])
    expect(half.items.map(({ identifier }) => identifier)).toEqual([OWN_PROPERTIES])
  })

  it('is one subscription with its activation afterwards', () => {
    const { subscribed, half, bodies } = cohortManifest(keyOf([], reported), declaredOf({ settings }), capabilities)
    expect(half.items.map(({ identifier }) => identifier)).toEqual([
      SUBSCRIPTION_ACTIVATION,
      SUBSCRIPTION,
      OWN_PROPERTIES,
    ])
    expect(subscribed).toEqual(['device.model.family', 'passcode.is-present'])
    expect(bodies.find(({ identifier }) => identifier === SUBSCRIPTION)?.payload).toBe(
      '{"StatusItems":[{"Name":"device.model.family"},{"Name":"passcode.is-present"}]}',
    )
  })

  it('is left out without a word when a device cannot have it', () => {
    const bare = capabilitiesOf({ activation: ['com.apple.activation.simple'] }, ['passcode.is-present'])
    const { leftOut, half } = cohortManifest(keyOf([], reported), declaredOf({ settings }), bare)
    expect(half.items).toEqual([])
    expect(leftOut).toEqual([])
  })

  it('is nothing when it is switched off', () => {
    const { subscribed } = cohortManifest(keyOf([], reported), declaredOf({ settings: QUIET }), capabilities)
    expect(subscribed).toEqual([])
  })
})

describe('the property keys of a cohort', () => {
  it('name every declaration that carries them, the one that keeps them first', () => {
    const both = [properties('zeta', { role: 1, floor: 2 }), properties('alpha', { role: 3 })]
    const manifest = cohortManifest(keyOf(['p']), declaredOf({ drafts: both, sets: { p: ['zeta', 'alpha'] } }), null)
    expect([...manifest.properties]).toEqual([
      ['role', ['alpha', 'zeta']],
      ['floor', ['zeta']],
    ])
  })
})
