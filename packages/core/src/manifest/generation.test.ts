import type { JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payloadOf } from '../declaration/declaration.ts'
import type { Draft } from '../declaration/draft.ts'
import { OWN_PROPERTIES } from '../declaration/generated.ts'
import { IPAD, keyOf } from '../testing/channel-of.ts'
import { activation, declaredOf, passcode, properties } from '../testing/declared-of.ts'
import { cohortManifest } from './cohort-manifest.ts'
import { generation } from './generation.ts'
import { declarationsToken, inCanonicalOrder, ownToken } from './token.ts'

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
  const rendered = generation(half, { properties: values }, templates)
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
    expect(made1.token).toBe(declarationsToken(half.token, ownToken({ properties: own })))
    expect(made1.items).toEqual([...made1.items].sort(inCanonicalOrder))
    expect(made1.items.map(({ identifier }) => identifier)).toEqual(['on', 'p', 'a', OWN_PROPERTIES])
  })

  it('is made from the values and contents that were shown, not from current ones', () => {
    const shown = cohort([properties('a', { role: 1, floor: 2 })])
    const first = generation(shown.half, { properties: { floor: 9 } }, shown.templates)
    const current = cohort([properties('a', { role: 5 })])
    const all = new Map([...shown.templates, ...current.templates])
    expect(generation(shown.half, { properties: { floor: 9 } }, all)).toEqual(first)
  })

  it('differs for two enrollments of one cohort in their own half only', () => {
    const { half, templates: all } = cohort([passcode('p'), properties('a', { role: 1 })])
    const [one, two] = [{ role: 2 }, { floor: 3 }].map((each) => generation(half, { properties: each }, all).generation)
    const shared = (items: typeof one) => items?.items.filter(({ kind }) => kind !== 'management')
    expect(shared(one)).toEqual(shared(two))
    expect(one?.token.split('.')[0]).toBe(two?.token.split('.')[0])
    expect(one?.token).not.toBe(two?.token)
  })

  it('cannot be made shorter because content is missing: that is an error', () => {
    const { half } = cohort([properties('a', { role: 1 })])
    expect(() => generation(half, { properties: {} }, new Map())).toThrow(
      /^Cannot build manifest: content .* of a is missing$/,
    )
  })
})
