import { kindOf } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { ACTIVATION_TYPE, PROPERTIES_TYPE } from '../declaration/declaration.ts'
import { type DeviceFacts, givenItem, type ItemFact } from './device-facts.ts'
import type { HeldDeclaration } from './held-declaration.ts'
import { predict } from './predict.ts'
import { whatIf } from './what-if.ts'

const held = (identifier: string, type: string, payload: JsonObject, serverToken = JSON.stringify(payload)) => {
  const kind = kindOf(type) ?? 'configuration'
  return { kind, identifier, type, payload, serverToken } satisfies HeldDeclaration
}
const activation = (identifier: string, StandardConfigurations: readonly string[], Predicate?: string) =>
  held(identifier, ACTIVATION_TYPE, { StandardConfigurations, ...(Predicate === undefined ? {} : { Predicate }) })
const test = (identifier: string, Echo: Json = 'x') =>
  held(identifier, 'com.apple.configuration.management.test', { Echo })
const passcode = (MinimumLength: number) =>
  held('passcode', 'com.apple.configuration.passcode.settings', { RequirePasscode: true, MinimumLength })

const reported = (value: Json): ItemFact => ({ answer: 'value', value, at: null })
const facts = (items: Readonly<Record<string, ItemFact>> = {}): DeviceFacts => {
  return { platform: 'iOS', osVersion: '26.4.2', capabilities: null, items: new Map(Object.entries(items)) }
}
const predicted = (declarations: readonly HeldDeclaration[], items: Readonly<Record<string, ItemFact>> = {}) => {
  const { activations, configurations, assets } = predict({ declarations, facts: facts(items), under: null })
  const all = [...activations, ...configurations, ...assets]
  return Object.fromEntries(all.map(([identifier, { activity, because }]) => [identifier, [activity, because.code]]))
}

describe('an activation', () => {
  it('without a predicate is active, with what it lists and what that needs', () => {
    const mail = held('mail', 'com.apple.configuration.account.google', { UserIdentityAssetReference: 'person' })
    const person = held('person', 'com.apple.asset.useridentity', { FullName: 'Ada' })
    expect(predicted([activation('on', ['mail']), mail, person])).toEqual({
      on: ['active', 'no-predicate'],
      mail: ['active', 'in-use'],
      person: ['active', 'in-use'],
    })
  })

  it('knows of an item that devices like this one never have', () => {
    const filevault = '@status(diskmanagement.filevault.enabled) == TRUE'
    const { activations } = predict({ declarations: [activation('on', [], filevault)], facts: facts(), under: null })
    expect(activations.get('on')).toMatchObject({
      activity: 'inactive',
      predicate: { tree: { parts: [{ origin: { answer: 'unsupported' } }] } },
    })
  })

  it('that lists something twice is named once', () => {
    const declarations = [activation('off', ['c', 'c'], '1 == 2'), test('c')]
    const { configurations } = predict({ declarations, facts: facts(), under: null })
    expect(configurations.get('c')?.because).toMatchObject({ message: 'activation off is not active', of: ['off'] })
  })

  it('is inactive with a predicate that is false or fails, and unknown with one that is not known', () => {
    const declarations = [
      activation('no', ['c'], '1 == 2'),
      activation('bad', ['c'], '1 =='),
      activation('fails', ['c'], '1 < "a"'),
      test('c'),
    ]
    expect(predicted(declarations)).toEqual({
      no: ['inactive', 'predicate-false'],
      bad: ['inactive', 'predicate-error'],
      fails: ['inactive', 'predicate-error'],
      c: ['inactive', 'users-inactive'],
    })
    expect(predicted([activation('maybe', ['c'], '@status(passcode.is-present) == TRUE'), test('c')])).toEqual({
      maybe: ['unknown', 'predicate-unknown'],
      c: ['unknown', 'users-unknown'],
    })
  })

  it('is inactive as a whole when one configuration or asset of it cannot be loaded', () => {
    expect(predicted([activation('on', ['c', 'nowhere']), test('c')])).toMatchObject({
      on: ['inactive', 'configuration-missing'],
      c: ['inactive', 'users-inactive'],
    })
    expect(predicted([activation('on', ['c']), test('c', 1)])).toMatchObject({
      on: ['inactive', 'configuration-missing'],
      c: ['inactive', 'not-loaded'],
    })
    const mail = held('mail', 'com.apple.configuration.account.google', { UserIdentityAssetReference: 'nobody' })
    expect(predicted([activation('on', ['mail']), mail])).toMatchObject({ on: ['inactive', 'asset-missing'] })
    const tooNew = held('siri', 'com.apple.configuration.network.relay', {})
    expect(predicted([activation('on', ['siri']), tooNew])).toMatchObject({ siri: ['inactive', 'not-loaded'] })
  })
})

it('what no activation lists is unreferenced', () => {
  expect(predicted([test('c')])).toEqual({ c: ['inactive', 'unreferenced'] })
})

it('properties are read from the declarations that a device has', () => {
  const on = activation('on', ['c'], '"Lower" IN @property(roles)')
  const properties = held('school', PROPERTIES_TYPE, { roles: ['Lower'] })
  expect(predicted([on, test('c')])).toMatchObject({ on: ['inactive', 'predicate-false'] })
  expect(predicted([on, test('c'), properties])).toMatchObject({ on: ['active', 'predicate-true'] })
})

describe('what a change does', () => {
  const waiting = activation('wifi.on', ['wifi'], '@status(passcode.is-compliant) == TRUE')
  const wifi = held('wifi', 'com.apple.configuration.legacy', { ProfileURL: 'https://content.example.com/wifi' })
  const policy = activation('passcode.on', ['passcode'])
  const turns = (
    before: readonly HeldDeclaration[],
    after: readonly HeldDeclaration[],
    was: Readonly<Record<string, ItemFact>>,
    is: Readonly<Record<string, ItemFact>> = was,
  ) => {
    const situations = [
      { declarations: before, facts: facts(was) },
      { declarations: after, facts: facts(is) },
    ] as const
    const differences = whatIf(...situations)
    return Object.fromEntries(differences.map(({ identifier, turns }) => [identifier, turns]))
  }
  const all = [waiting, wifi, policy, passcode(6)]
  const COMPLIANT = 'passcode.is-compliant'

  it('is what the facts make of it that are given', () => {
    expect(turns(all, all, { [COMPLIANT]: reported(false) }, { [COMPLIANT]: givenItem(true) })).toEqual({
      'wifi.on': 'on',
      wifi: 'on',
      'passcode.on': 'stays',
      passcode: 'stays',
    })
  })

  it('is not known where what was reported holds no longer: another policy may not be satisfied', () => {
    const stricter = [waiting, wifi, policy, passcode(8)]
    expect(turns(all, stricter, { [COMPLIANT]: reported(true) })).toMatchObject({ 'wifi.on': 'maybe' })
    expect(turns([waiting, wifi], all, { [COMPLIANT]: reported(true) })).toMatchObject({ 'wifi.on': 'maybe' })
  })

  it('is known where fewer policies cannot fail, and more cannot help', () => {
    expect(turns(all, [waiting, wifi], { [COMPLIANT]: reported(true) })).toMatchObject({ 'wifi.on': 'stays' })
    const more = [...all, activation('more', ['strict']), { ...passcode(12), identifier: 'strict' }]
    expect(turns(all, more, { [COMPLIANT]: reported(false) })).toMatchObject({ 'wifi.on': 'stays' })
  })

  it('leaves alone what it does not touch', () => {
    const other = [...all, activation('x', ['c']), test('c')]
    expect(turns(all, other, { [COMPLIANT]: reported(true) })).toMatchObject({ 'wifi.on': 'stays', x: 'on', c: 'on' })
    expect(turns(other, all, { [COMPLIANT]: reported(true) })).toMatchObject({ x: 'off', c: 'off' })
  })

  it('is not known of what reads its own effect', () => {
    const states = '@status(management.declarations.configurations)'
    const follows = activation('y', ['c'], `SUBQUERY(${states}, $d, $d.@key(identifier) == "wifi").@count == 1`)
    const declarations = [...all, follows, test('c')]
    const was = { [COMPLIANT]: reported(false), 'management.declarations': reported({ configurations: [] }) }
    expect(turns(declarations, declarations, was)).toMatchObject({ y: 'stays' })
    expect(turns(declarations, declarations, was, { ...was, [COMPLIANT]: givenItem(true) })).toMatchObject({
      'wifi.on': 'on',
      y: 'maybe',
    })
  })
})
