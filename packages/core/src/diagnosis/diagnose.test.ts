import { describe, expect, it } from 'vitest'
import {
  acknowledged,
  answer,
  authenticate,
  fetched,
  flawed,
  healthy,
  idle,
  manifest,
  ON,
  offer,
  push,
  record,
  report,
  type Saying,
  tokens,
  tokenUpdate,
  WIFI,
} from '../testing/record.ts'
import { causes } from './causes.ts'
import { diagnose } from './diagnose.ts'

const codes = (...said: readonly Saying[]) => diagnose(record(...said)).causes.map(({ code }) => code)
const stage = (...said: readonly Saying[]) => diagnose(record(...said)).stage

describe('the stage', () => {
  it.each([
    ['not-woken', []],
    ['not-woken', [authenticate, tokenUpdate]],
    ['woken-not-connected', [authenticate, tokenUpdate, push]],
    ['not-offered', [authenticate, tokenUpdate, push, idle]],
    ['command-not-taken', [authenticate, tokenUpdate, push, idle, offer]],
    ['acknowledged-no-tokens', [idle, offer, acknowledged]],
    ['tokens-no-manifest', [idle, offer, acknowledged, tokens('t1')]],
    ['manifest-nothing-fetched', [idle, offer, acknowledged, tokens('t1'), manifest('t1')]],
    ['partly-fetched', [idle, offer, acknowledged, tokens('t1'), manifest('t1'), fetched(ON)]],
    ['fetched-no-report', [idle, offer, acknowledged, tokens('t1'), manifest('t1'), fetched(ON), fetched(WIFI)]],
    ['in-force', [...healthy]],
    ['reported-not-active', [...healthy.slice(0, -1), report([ON, WIFI], { wifi: { valid: 'invalid' } })]],
  ] as const)('is %s', (expected, said) => {
    expect(stage(...said)).toBe(expected)
  })

  it('is not that of a push that was noted when the device had come already', () => {
    expect(stage(...healthy, push)).toBe('woken-not-connected')
    expect(stage(...healthy, idle, { ...push, after: -500 })).toBe('in-force')
  })

  it('stays where it was when the device looks whether something is new', () => {
    expect(stage(...healthy, tokens('t1'))).toBe('in-force')
    const told = { ...offer, uuid: 'c2', token: 't1' }
    expect(stage(...healthy, told, { ...acknowledged, uuid: 'c2' })).toBe('in-force')
    expect(stage(...healthy, told)).toBe('command-not-taken')
    expect(stage(...healthy, { ...offer, uuid: 'c2' }, { ...acknowledged, uuid: 'c2' }, tokens('t1'))).toBe('in-force')
  })

  it('counts what waits for its predicate as in force, and what is there only to be managed', () => {
    const management = { kind: 'management', identifier: 'org', serverToken: 'o1' } as const
    const pairs = [ON, WIFI, management]
    const waits = { active: false, reasons: [{ code: 'Info.Predicate' }] }
    const said = [offer, acknowledged, tokens('t1'), manifest('t1', pairs), ...pairs.map((pair) => fetched(pair))]
    expect(stage(...said, report(pairs, { on: waits, wifi: waits }))).toBe('in-force')
    // Of the configuration itself the device says no reason: its activation has it.
    expect(stage(...said, report(pairs, { on: waits, wifi: { active: false, valid: 'unknown' } }))).toBe('in-force')
    expect(stage(...said, report(pairs, { wifi: { active: false, valid: 'unknown' } }))).toBe('reported-not-active')
  })

  it('begins anew with a new enrollment', () => {
    expect(stage(...healthy, authenticate, tokenUpdate, push)).toBe('woken-not-connected')
  })
})

describe('when another synchronization is due', () => {
  const later = (token: string, ...said: readonly Saying[]) => {
    const entries = record(...healthy, ...said)
    return diagnose(entries, { wanted: token }).stage
  }

  it('the stage is that of what is wanted, not that of what is over', () => {
    expect(later('t1')).toBe('in-force')
    expect(later('t2')).toBe('not-woken')
    expect(later('t2', push)).toBe('woken-not-connected')
    expect(later('t2', push, idle)).toBe('not-offered')
    expect(later('t2', push, idle, { ...offer, uuid: 'c2' }, { ...acknowledged, uuid: 'c2' }, tokens('t2'))).toBe(
      'tokens-no-manifest',
    )
  })

  it('a command that was not taken counts no more when what it was about was taken back', () => {
    const told = { ...offer, uuid: 'c2', token: 't2' }
    const notNow = { ...acknowledged, uuid: 'c2', status: 'NotNow' } as const
    expect(later('t2', told, notNow)).toBe('command-not-taken')
    expect(later('t1', told, notNow)).toBe('in-force')
    expect(later('t1', told)).toBe('in-force')
    expect(later('t1', { ...told, token: 't1' })).toBe('command-not-taken')
    expect(later('t1', told, { ...notNow, status: 'Error' })).toBe('command-not-taken')
  })

  it('a push that nobody followed shows that too', () => {
    expect(stage(...healthy, push)).toBe('woken-not-connected')
    expect(stage(...healthy, { ...push, accepted: false, reason: 'Unregistered' })).toBe('not-woken')
    expect(stage(...healthy, push, idle)).toBe('in-force')
  })
})

describe('a diagnosis', () => {
  it('of a healthy device says so', () => {
    expect(diagnose(record(...healthy))).toMatchObject({ stage: 'in-force', healthy: true, causes: [] })
  })

  it('tells silence because everything was known from a stall', () => {
    const again = [...healthy, offer, acknowledged, tokens('t2'), manifest('t2')]
    const known = diagnose(record(...again))
    expect(known.healthy).toBe(true)
    expect(known.causes).toMatchObject([{ code: 'all-pairs-already-known', weight: 'proven', harmless: true }])
    const stalled = diagnose(record(authenticate, tokenUpdate, offer, acknowledged, tokens('t1'), manifest('t1')))
    expect(stalled.healthy).toBe(false)
    expect(stalled.causes.map(({ code }) => code)).not.toContain('all-pairs-already-known')
  })

  it('puts what is proven before what is likely, and that before what is possible', () => {
    const said = [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('key-unexpected', '/Declarations/Activations/0/Type')),
    ]
    const { causes: found } = diagnose(record(...said))
    expect(found.map(({ rank }) => rank)).toEqual(found.map((_, index) => index + 1))
    expect(found[0]).toMatchObject({ code: 'manifest-keys-extra', weight: 'proven' })
  })

  it('of nothing at all is not that all is well', () => {
    expect(diagnose([])).toMatchObject({ healthy: false, stage: 'not-woken' })
  })

  it('does not blame a device that was heard of a moment ago', () => {
    const said = record(...healthy.slice(0, -1))
    const now = (said.at(-1)?.at ?? 0) + 20_000
    expect(diagnose(said, { now })).toMatchObject({ healthy: true, causes: [{ code: 'not-finished-yet' }] })
    expect(diagnose(said, { now: now + 120_000 }).healthy).toBe(false)
  })

  it('answers with the same for the same record, whatever came before the enrollment', () => {
    expect(codes(...healthy, authenticate, tokenUpdate, idle, answerless)).toEqual(
      codes(...healthy, ...healthy, authenticate, tokenUpdate, idle, answerless),
    )
  })
})

const answerless = { ...tokens('t1', answer(500)) }

it('every cause has a code of its own, words that are none of another, and a number of the documented table', () => {
  expect(new Set(causes.map(({ code }) => code)).size).toBe(causes.length)
  expect(new Set(causes.map(({ summary }) => summary)).size).toBe(causes.length)
  for (const { code, summary, remedy } of causes) {
    expect(code).toMatch(/^[a-z0-9-]+$/)
    expect(summary).not.toMatch(/\.$/)
    expect(remedy.length).toBeGreaterThan(10)
  }
})
