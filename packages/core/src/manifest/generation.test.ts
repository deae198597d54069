import type { JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payloadOf } from '../declaration/declaration.ts'
import type { Draft } from '../declaration/draft.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { IPAD, keyOf } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, MAIL_TYPE, passcode, person, properties } from '../testing/declared-of.ts'
import { type Particulars, particularsToken } from '../variable/particulars.ts'
import { cohortManifest } from './cohort-manifest.ts'
import { generation } from './generation.ts'
import type { Body } from './manifest.ts'
import { declarationsToken, halves, inCanonicalOrder, ownToken } from './token.ts'

function cohort(drafts: readonly Draft[], eligibility = IPAD) {
  const members = drafts.map(({ identifier }) => identifier)
  const { half, bodies } = cohortManifest(
    keyOf(['all'], eligibility),
    declaredOf({ drafts, sets: { all: members } }),
    null,
  )
  return { half, templates: new Map(bodies.map((body) => [body.serverToken, body])) }
}

function made(drafts: readonly Draft[], values: JsonObject, eligibility = IPAD) {
  const { half, templates } = cohort(drafts, eligibility)
  const rendered = generation(half, { properties: values, particulars: null }, templates)
  const payloads = Object.fromEntries(rendered.generation.ownBodies.map((body) => [body.identifier, payloadOf(body)]))
  return { ...rendered, half, payloads }
}

const keys = fc.constantFrom('role', 'coach', 'floor', 'division', '__proto__', 'constructor')
const values = fc.dictionary(keys, fc.oneof(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.integer()))
const templates = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'zz'), values)
const written = (all: Readonly<Record<string, object>>) =>
  Object.entries(all).map(([identifier, each]) => properties(identifier, each as JsonObject))

describe('the own half', () => {
  it('gives a key to the own values, then to the smaller Identifier, and to nobody else', () => {
    fc.assert(
      fc.property(templates, values, (all, own) => {
        const { payloads } = made(written(all), own as JsonObject)
        const sources: readonly (readonly [string, object])[] = [
          [OWN_PROPERTIES, own],
          ...Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)),
        ]
        for (const key of new Set(sources.flatMap(([, each]) => Object.keys(each)))) {
          const keeper = sources.find(([, each]) => Object.hasOwn(each, key))
          const holders = Object.entries(payloads).filter(([, payload]) => Object.hasOwn(payload, key))
          expect(holders.map(([identifier]) => identifier)).toEqual([keeper?.[0]])
        }
      }),
    )
  })

  it('leaves out what is empty, and sends nothing empty', () => {
    fc.assert(
      fc.property(templates, values, (all, own) => {
        const { payloads, leftOut } = made(written(all), own as JsonObject)
        expect(Object.values(payloads).every((payload) => Object.keys(payload).length > 0)).toBe(true)
        const administrators = Object.keys(payloads).filter((identifier) => identifier !== OWN_PROPERTIES)
        const accounted = [...administrators, ...leftOut.map(({ identifier }) => identifier)]
        expect(accounted.sort()).toEqual(Object.keys(all).sort())
      }),
    )
  })

  it('drops nothing in silence', () => {
    const { dropped, leftOut } = made([properties('a', { role: 1 }), properties('b', { role: 2, floor: 3 })], {
      floor: 4,
    })
    expect(dropped.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      `warning: Cannot send property floor of b: ${OWN_PROPERTIES} keeps it`,
      'warning: Cannot send property role of b: a keeps it',
    ])
    expect(leftOut).toEqual([
      {
        kind: 'management',
        identifier: 'b',
        cause: { code: 'left-out-empty', reason: 'no property is left in it' },
      },
    ])
  })

  it('sends a declaration of which a key was dropped with the ServerToken of what is sent', () => {
    const whole = made([properties('a', { role: 1, floor: 2 })], {})
    const less = made([properties('a', { role: 1, floor: 2 })], { floor: 3 })
    const tokenOf = ({ generation: { items } }: typeof whole) =>
      items.find((item) => item.identifier === 'a')?.serverToken
    expect(less.payloads.a).toEqual({ role: 1 })
    expect(tokenOf(less)).not.toBe(tokenOf(whole))
    expect(tokenOf(less)).toBe(tokenOf(made([properties('a', { role: 1 })], {})))
  })

  it('is nothing for an enrollment without values', () => {
    const { generation: made1, leftOut } = made([passcode('p')], {})
    expect(made1.items.map(({ identifier }) => identifier)).toEqual(['p'])
    expect(made1.ownBodies).toEqual([])
    expect(leftOut).toEqual([])
  })

  it('says that own values cannot be had, where properties cannot', () => {
    const { generation: made1, leftOut } = made([], { role: 'teacher' }, { ...IPAD, osVersion: '15.6' })
    expect(made1.items).toEqual([])
    expect(leftOut.map(({ identifier, cause }) => `${identifier}: ${cause.code}`)).toEqual([
      `${OWN_PROPERTIES}: left-out-ineligible`,
    ])
  })
})

describe('a generation', () => {
  it('carries the token of both halves, and all items in canonical order', () => {
    const own = { role: 'teacher' }
    const { generation: made1, half } = made([passcode('p'), activation('on', ['p']), properties('a', { x: 1 })], own)
    expect(made1.token).toBe(declarationsToken(half.token, { own: ownToken({ properties: own }), particulars: '' }))
    expect(made1.items).toEqual([...made1.items].sort(inCanonicalOrder))
    expect(made1.items.map(({ identifier }) => identifier)).toEqual(['on', 'p', 'a', OWN_PROPERTIES])
  })

  it('is made from the values and contents that were shown, not from current ones', () => {
    const shown = cohort([properties('a', { role: 1, floor: 2 })])
    const first = generation(shown.half, { properties: { floor: 9 }, particulars: null }, shown.templates)
    const current = cohort([properties('a', { role: 5 })])
    const all = new Map([...shown.templates, ...current.templates])
    expect(generation(shown.half, { properties: { floor: 9 }, particulars: null }, all)).toEqual(first)
  })

  it('differs for two enrollments of one cohort in their own half only', () => {
    const { half, templates: all } = cohort([passcode('p'), properties('a', { role: 1 })])
    const [one, two] = [{ role: 2 }, { floor: 3 }].map(
      (each) => generation(half, { properties: each, particulars: null }, all).generation,
    )
    const shared = (items: typeof one) => items?.items.filter(({ kind }) => kind !== 'management')
    expect(shared(one)).toEqual(shared(two))
    expect(one?.token.split('.')[0]).toBe(two?.token.split('.')[0])
    expect(one?.token).not.toBe(two?.token)
  })

  it('cannot be made shorter because content is missing: that is an error', () => {
    const { half } = cohort([properties('a', { role: 1 })])
    expect(() => generation(half, { properties: {}, particulars: null }, new Map())).toThrow(
      /^Cannot build manifest: content .* of a is missing$/,
    )
  })
})

describe('templates', () => {
  const mailOf = (UserIdentityAssetReference: string, VisibleName = 'School') =>
    draftOf('mail', MAIL_TYPE, { UserIdentityAssetReference, VisibleName })
  const all = [
    person('ada', '${property.name}'),
    mailOf('ada'),
    passcode('p'),
    activation('both', ['mail', 'p']),
    activation('only', ['mail']),
  ]
  const of = (drafts: readonly Draft[], values: JsonObject, particulars: Particulars | null = null) => {
    const { half, templates: each } = cohort(drafts)
    const { generation: whole, leftOut } = generation(half, { properties: values, particulars }, each)
    const bodies = Object.fromEntries(whole.ownBodies.map((body) => [body.identifier, body]))
    return { half, bodies, leftOut, token: whole.token, items: whole.items.map(({ identifier }) => identifier) }
  }

  it('are the own half, with all that reaches them; what is shared stays so', () => {
    const { half } = cohort(all)
    const own = half.items.filter(({ own: isOwn }) => isOwn).map(({ identifier }) => identifier)
    expect(own).toEqual(['both', 'only', 'ada', 'mail', OWN_PROPERTIES])
  })

  it('are sent with the values of the enrollment, under a ServerToken of what is sent', () => {
    const { bodies, items } = of(all, { name: 'Ada' })
    expect(payloadOf(bodies.ada as Body)).toEqual({ FullName: 'Ada' })
    const written = cohort([person('ada', 'Ada')]).half.items.find(({ identifier }) => identifier === 'ada')
    expect(bodies.ada?.serverToken).toBe(written?.hash)
    expect(items).toEqual(['both', 'only', 'ada', 'mail', 'p', OWN_PROPERTIES])
  })

  it('that cannot be made are left out, with what needs them; an activation goes on with what is left', () => {
    const { bodies, items, leftOut } = of(all, {})
    expect(items).toEqual(['both', 'p'])
    expect(payloadOf(bodies.both as Body)).toEqual({ StandardConfigurations: ['p'] })
    const pruned = cohort([passcode('p'), activation('both', ['p'])]).half.items[0]?.hash
    expect(bodies.both?.serverToken).toBe(pruned)
    const reason = '${property.name} stands for nothing: give this enrollment the property name'
    expect(leftOut).toEqual([
      { kind: 'activation', identifier: 'only', cause: { code: 'left-out-configurations', reason, of: 'ada' } },
      { kind: 'asset', identifier: 'ada', cause: { code: 'left-out-variable', reason } },
      { kind: 'configuration', identifier: 'mail', cause: { code: 'left-out-asset', reason, of: 'ada' } },
    ])
  })

  it('read the properties that the device gets, from its own values first, and those that its declarations set', () => {
    const { bodies } = of([...all, properties('school', { name: 'Nobody', city: 'York' })], { name: 'Ada' })
    expect(payloadOf(bodies.ada as Body)).toEqual({ FullName: 'Ada' })
    const other = of([person('ada', '${property.city}'), properties('school', { city: 'York' })], {})
    expect(payloadOf(other.bodies.ada as Body)).toEqual({ FullName: 'York' })
  })

  it('of properties alone leave the particulars of the enrollment out of the token, and others take them in', () => {
    const particulars = { 'device.serial-number': 'C02X' }
    expect(of(all, { name: 'Ada' }).token).toMatch(/^[0-9a-f]{64}\.[0-9a-f]{64}$/)
    const serial = of([mailOf('ada', '${device.serial-number}'), person('ada')], {}, particulars)
    expect(serial.token).toMatch(/^[0-9a-f]{64}\+\.[0-9a-f]{64}\.[0-9a-f]{64}$/)
    expect(Buffer.byteLength(serial.token)).toBe(195)
    expect(halves(serial.token)).toEqual({
      common: serial.half.token,
      own: ownToken({ properties: {} }),
      particulars: particularsToken(particulars),
    })
  })

  it('that a cohort cannot have ask for nothing', () => {
    const asset = draftOf('a', 'com.apple.asset.data', { Reference: { DataURL: 'https://x.example/${device.udid}' } })
    expect(cohort([asset], { ...IPAD, osVersion: '16.4' }).half.token).toMatch(/^[0-9a-f]{64}$/)
    expect(cohort([asset]).half.token).toMatch(/^[0-9a-f]{64}\+$/)
  })

  it('never cost what needs no value, whatever values there are', () => {
    const anything = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('name', 'city'), anything), (own) => {
        const { items, leftOut, bodies } = of(all, own as JsonObject)
        expect(items).toEqual(expect.arrayContaining(['both', 'p']))
        expect([...items, ...leftOut.map(({ identifier }) => identifier)]).toEqual(
          expect.arrayContaining(['both', 'only', 'ada', 'mail', 'p']),
        )
        for (const body of Object.values(bodies)) expect(body.payload).not.toContain('${property.')
      }),
    )
  })
})
