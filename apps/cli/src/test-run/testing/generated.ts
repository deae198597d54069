import { ACTIVATION_TYPE, type Draft, PROPERTIES_TYPE } from '@edict/core'
import type { DeviceKind, ModelEvent } from '@edict/device'
import type { Json, JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import type { TestDevice } from '../fixture.ts'

/** A device and what it is given, in two goes, with what happens to it in between. */
export interface Generated {
  readonly device: TestDevice
  readonly first: readonly Draft[]
  readonly second: readonly Draft[]
  readonly events: readonly ModelEvent[]
  /** Status items that the predictor is not told. */
  readonly hidden: readonly string[]
}

/**
 * @param tangled predicates may read what comes of the configurations that they activate, so that a device may never settle
 */
export function generated(tangled: boolean): fc.Arbitrary<Generated> {
  return fc
    .record({
      device: devices,
      first: declarations(tangled),
      second: declarations(tangled),
      keep: fc.array(fc.boolean(), { minLength: 32, maxLength: 32 }),
      events: fc.array(events, { maxLength: 3 }),
      hidden: fc.subarray([...baseItems, ...effectItems], { maxLength: 5 }),
    })
    .map(({ keep, second, ...rest }) => ({ ...rest, second: mixed(rest.first, second, keep) }))
}

/** Some declarations of the first go stay as they are, some get other content, some come and go. */
function mixed(first: readonly Draft[], second: readonly Draft[], keep: readonly boolean[]): readonly Draft[] {
  const kept = first.filter((_, index) => keep[index % keep.length])
  const names = new Set(kept.map(({ identifier }) => identifier))
  return [...kept, ...second.filter(({ identifier }) => !names.has(identifier))]
}

const kinds: readonly DeviceKind[] = [
  ...(['ipad', 'ipad', 'ipad', 'iphone', 'mac', 'mac', 'mac'] as const),
  ...(['apple-tv', 'vision', 'shared-ipad', 'byod-iphone', 'byod-mac'] as const),
]
const versions = ['16.5', '17.2', '18.1', '26.4.2']

const devices: fc.Arbitrary<TestDevice> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    version: fc.constantFrom(...versions),
    user: fc.boolean(),
    text: fc.constantFrom('a', 'b', '16.10'),
    number: fc.integer({ min: -2, max: 20 }),
  })
  .map(({ kind, version, user, text, number }) => ({
    kind,
    channel: user && (kind === 'mac' || kind === 'shared-ipad') ? 'user' : 'device',
    users: null,
    facts: new Map<string, Json>(
      onMac(kind) || version === '26.4.2'
        ? []
        : [['device.operating-system.version', version], ...testValues(kind, text, number)],
    ),
  }))

function onMac(kind: DeviceKind): boolean {
  return kind === 'mac' || kind === 'byod-mac' || kind === 'vision' || kind === 'apple-tv'
}

/** Where the device channel has them. */
function testValues(kind: DeviceKind, text: string, number: number): readonly [string, Json][] {
  return kind === 'ipad' || kind === 'iphone'
    ? [
        ['test.string-value', text],
        ['test.integer-value', number],
      ]
    : []
}

const events: fc.Arbitrary<ModelEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<ModelEvent>({ type: 'passcode.comply' }) },
  fc.constant<ModelEvent>({ type: 'passcode.remove' }),
  fc.boolean().map((present): ModelEvent => ({ type: 'passcode.set', present, compliant: !present })),
  fc.constantFrom('normal', 'service-recommended').map((health): ModelEvent => ({ type: 'battery.set', health })),
  fc.boolean().map((enabled): ModelEvent => ({ type: 'filevault.set', enabled })),
  fc.constantFrom('x', 'y').map((value): ModelEvent => ({ type: 'test.set', item: 'test.string-value', value })),
)

// Declarations

const configurationNames = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']
/** What these bring, no status item tells of, except the list of declarations. */
const plainNames = configurationNames.slice(3)
const assetNames = ['a0', 'a1', 'a2']
const propertyKeys = ['roles', 'age', 'site', 'site.code']

function declarations(tangled: boolean): fc.Arbitrary<readonly Draft[]> {
  const activations = Array.from({ length: 7 }, (_, index) => activation(index, tangled))
  const configurations = configurationNames.map((name) => configuration(name, tangled || !plainNames.includes(name)))
  const others = [...assetNames.map(asset), properties('p0'), properties('p1')]
  return fc
    .tuple(...[...activations, ...configurations, ...others].map((one) => fc.option(one, { freq: 12 })))
    .map((drafts) => drafts.filter((draft) => draft !== null))
}

/** The first ones read nothing that declarations change; the others turn on plain configurations only. */
function activation(index: number, tangled: boolean): fc.Arbitrary<Draft> {
  const isFirst = index < 4
  const names = tangled || isFirst ? configurationNames : plainNames
  const wrong = fc.constantFrom(null, null, null, null, null, null, null, null, null, 'nowhere', 'a0', 'p0')
  return fc
    .record({
      configurations: fc.subarray(names, { minLength: 1, maxLength: 2 }),
      wrong,
      predicate: fc.option(predicates(tangled || !isFirst, tangled), { freq: 5 }),
    })
    .map(({ configurations, predicate, wrong: added }) => {
      const listed = added === null ? configurations : [...configurations, added]
      const payload: JsonObject = { StandardConfigurations: listed }
      return draft(`x${index}`, ACTIVATION_TYPE, predicate === null ? payload : { ...payload, Predicate: predicate })
    })
}

type Content = readonly [type: string, payload: JsonObject]

/** @param effective also such as status items tell of */
function configuration(name: string, effective: boolean): fc.Arbitrary<Draft> {
  const plain: readonly Content[] = [
    of('management.test', { Echo: name }),
    of('management.test', { Echo: name, ReturnStatus: 'Failed' }),
    of('management.test', { Echo: name, Nonsense: true }),
    of('legacy', { ProfileURL: `https://content.example.com/${name}` }),
    of('math.settings', {}),
  ]
  const effects: readonly Content[] = [
    of('passcode.settings', { RequirePasscode: true, MinimumLength: 4 }),
    of('passcode.settings', { RequirePasscode: true, MinimumLength: 6 }),
    of('account.subscribed-calendar', { VisibleName: name, CalendarURL: 'https://content.example.com/c.ics' }),
    of('account.google', { VisibleName: name, UserIdentityAssetReference: 'a0' }),
    of('account.caldav', { HostName: 'dav.example.com', AuthenticationCredentialsAssetReference: 'a1' }),
    of('security.certificate', { CredentialAssetReference: 'a2' }),
    of('softwareupdate.enforcement.specific', {
      TargetOSVersion: '27.1',
      TargetLocalDateTime: '2026-12-01T12:00:00',
    }),
    of('management.status-subscriptions', { StatusItems: [{ Name: 'passcode.is-compliant' }] }),
  ]
  const broken: readonly Content[] = [
    of('management.test', { Echo: 1 }),
    of('legacy', {}),
    of('nonsense', {}),
    of('diskmanagement.settings', { Restrictions: { ExternalStorage: 'Sometimes' } }),
    of('passcode.settings', { MinimumLength: 'six' }),
    ['com.apple.asset.data', {}],
  ]
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.constantFrom(...plain) },
      { weight: effective ? 12 : 0, arbitrary: fc.constantFrom(...effects) },
      { weight: 1, arbitrary: fc.constantFrom(...broken) },
    )
    .map(([type, payload]) => draft(name, type, payload))
}

function of(word: string, payload: JsonObject): Content {
  return [`com.apple.configuration.${word}`, payload]
}

function asset(name: string): fc.Arbitrary<Draft> {
  const reference = { DataURL: `https://content.example.com/${name}`, ContentType: 'application/json' }
  const contents: readonly Content[] = [
    ['com.apple.asset.useridentity', { FullName: name, EmailAddress: `${name}@example.com` }],
    ['com.apple.asset.useridentity', { FullName: 1 }],
    ['com.apple.asset.credential.userpassword', { Reference: reference }],
    ['com.apple.asset.credential.userpassword', {}],
    ['com.apple.asset.credential.certificate', { Reference: { ...reference, ContentType: 'application/pkix-cert' } }],
  ]
  return fc.constantFrom(...contents).map(([type, payload]) => draft(name, type, payload))
}

function properties(name: string): fc.Arbitrary<Draft> {
  const values: fc.Arbitrary<JsonObject> = fc.record(
    {
      roles: fc.subarray(['Lower', 'Upper', 'Sports']),
      age: fc.oneof(fc.integer({ min: 5, max: 20 }), fc.constant('twelve')),
      site: fc.record({ code: fc.constantFrom('N', 'S') }),
      'site.code': fc.constantFrom('N', 'S'),
    },
    { requiredKeys: [] },
  )
  return values.map((payload) => draft(name, PROPERTIES_TYPE, payload))
}

function draft(identifier: string, type: string, payload: JsonObject): Draft {
  return { identifier, type, payload, extra: {} }
}

// Predicates

const baseItems = [
  'passcode.is-present',
  'device.model.family',
  'device.operating-system.version',
  'device.power.battery-health',
  'diskmanagement.filevault.enabled',
  'test.string-value',
  'test.integer-value',
  'test.array-value',
  'mdm.app',
]
const effectItems = [
  'passcode.is-compliant',
  'account.list.google',
  'account.list.subscribed-calendar',
  'management.declarations',
]

function predicates(reads: boolean, tangled: boolean): fc.Arbitrary<string> {
  const { whole } = fc.letrec<{ whole: string; leaf: string }>((tie) => ({
    whole: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.tuple(tie('whole'), tie('whole')).map(([a, b]) => `(${a}) AND (${b})`),
      fc.tuple(tie('whole'), tie('whole')).map(([a, b]) => `(${a}) OR (${b})`),
      fc.tuple(tie('whole'), tie('whole'), tie('whole')).map(([a, b, c]) => `(${a}) AND (${b}) AND (${c})`),
      tie('whole').map((a) => `NOT (${a})`),
    ),
    leaf: fc.oneof(
      { weight: 12, arbitrary: comparisons(reads) },
      { weight: reads ? 6 : 0, arbitrary: fc.constantFrom(...ofEffects) },
      { weight: 3, arbitrary: fc.constantFrom(...shaped) },
      {
        weight: reads ? 4 : 0,
        arbitrary: fc.constantFrom(...(tangled ? configurationNames : configurationNames.slice(0, 3))).map(isActive),
      },
      { weight: 1, arbitrary: fc.constantFrom('TRUEPREDICATE', 'FALSEPREDICATE', '1 ==', 'ANY 3 == 1', '') },
    ),
  }))
  return whole
}

function comparisons(reads: boolean): fc.Arbitrary<string> {
  const items = reads ? [...baseItems, ...effectItems] : baseItems
  const terms = fc.oneof(
    fc.constantFrom(...items).map((name) => `@status(${name})`),
    fc.constantFrom(...propertyKeys, 'nothing').map((key) => `@property(${key})`),
  )
  const literals = fc.constantFrom(
    'TRUE',
    'FALSE',
    '1',
    '12',
    '"iPad"',
    '"16.4"',
    '"a"',
    '"N"',
    'nil',
    '{1, "a"}',
    '"normal"',
  )
  const operators = fc.constantFrom('==', '!=', '<', '>', '<=', '>=', 'IN', 'CONTAINS', 'BEGINSWITH', '==[c]', 'LIKE')
  return fc.oneof(
    fc.tuple(terms, operators, literals).map((parts) => parts.join(' ')),
    fc.tuple(terms, operators, terms).map((parts) => parts.join(' ')),
  )
}

/** What comes of declarations, in ways that turn on them. */
const ofEffects = [
  '@status(passcode.is-compliant) == TRUE',
  '@status(passcode.is-compliant) == FALSE',
  '@status(account.list.google).@count > 0',
  '@status(account.list.subscribed-calendar).@count == 0',
]

const shaped = [
  '"Lower" IN @property(roles)',
  'ANY @property(roles) == "Upper"',
  'NONE @property(roles) == "Sports"',
  '@property(site.code) == "N"',
  '@property(age) BETWEEN {6, 12}',
  'SUBQUERY(@status(mdm.app), $a, $a.@key(state) == "managed").@count != 0',
  'SUBQUERY(@property(roles), $r, $r BEGINSWITH "L").@count == 1',
  '@status(device.model) == nil',
  '@status(device.operating-system.version) MATCHES "1[67].*"',
  'TERNARY(@status(passcode.is-present) == TRUE, 1, @property(age)) == 1',
  '@property(roles)[FIRST] == "Lower"',
]

function isActive(name: string): string {
  const match = `$d.@key(identifier) == "${name}" AND $d.@key(active) == TRUE`
  return `SUBQUERY(@status(management.declarations.configurations), $d, ${match}).@count == 1`
}
