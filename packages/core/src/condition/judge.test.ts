import { describe, expect, it } from 'vitest'
import type { Item } from '../manifest/manifest.ts'
import { HOUR, MINUTE, NOW } from '../testing/channel-of.ts'
import { conditionWords } from './condition.ts'
import { judge, type Known } from './judge.ts'
import type { ReportedState } from './reported.ts'

type Kind = Item['kind']

const item = (identifier: string, kind: Kind = 'configuration', serverToken = 'new'): Item => {
  return { kind, identifier, type: `com.apple.${kind}.x`, serverToken }
}
const state = (identifier: string, but: Partial<ReportedState> = {}): ReportedState => {
  const base = {
    kind: 'configuration' as const,
    identifier,
    'server-token': 'new',
    active: true,
    valid: 'valid' as const,
  }
  return { ...base, reasons: [], since: NOW + HOUR, ...but }
}

/** A channel that wants and has collected `p`, and has reported since. */
const known = (but: Partial<Known> = {}): Known => ({
  wanted: [item('p')],
  wantedSince: NOW,
  leftOut: [],
  collected: { items: [item('p')], at: NOW + MINUTE },
  previous: [],
  reported: [],
  reportedAt: NOW + HOUR,
  activations: new Map(),
  ...but,
})
const judged = (but: Partial<Known> = {}) => judge(known(but))
const reported = (but: Partial<ReportedState>, more: Partial<Known> = {}) =>
  judged({ reported: [state('p', but)], ...more })[0]
const reason = (code: string, description?: string) => [{ code, ...(description === undefined ? {} : { description }) }]

it('the words are these', () => {
  expect(conditionWords).toEqual([
    'left-out',
    'waiting',
    'collected',
    'unreferenced',
    'inactive',
    'failed',
    'in-force',
    'removing',
  ])
})

describe('left-out', () => {
  it('names the cause, and the declaration at which it lies', () => {
    const leftOut = [
      {
        kind: 'configuration' as const,
        identifier: 'wifi',
        cause: { code: 'left-out-asset' as const, reason: 'no such thing', of: 'logo' },
      },
    ]
    expect(judged({ wanted: [], collected: null, leftOut })).toEqual([
      {
        kind: 'configuration',
        identifier: 'wifi',
        serverToken: null,
        condition: 'left-out',
        reason: { code: 'left-out-asset', message: 'logo: no such thing' },
        since: NOW,
        evidence: { of: 'logo' },
      },
    ])
  })

  it('is not removing, though the device still has it', () => {
    const leftOut = [
      { kind: 'configuration' as const, identifier: 'p', cause: { code: 'left-out-ineligible' as const, reason: 'x' } },
    ]
    expect(judged({ wanted: [], leftOut, reported: [state('p')] }).map(({ condition }) => condition)).toEqual([
      'left-out',
    ])
  })
})

describe('waiting', () => {
  it('is what the device has not collected', () => {
    expect(judged({ collected: null })[0]).toMatchObject({
      condition: 'waiting',
      reason: { code: 'not-collected' },
      since: NOW,
      serverToken: 'new',
      evidence: {},
    })
  })

  it('is also a new version of what it has, with the version it has', () => {
    const collected = { items: [item('p', 'configuration', 'old')], at: NOW }
    expect(judged({ collected })[0]).toMatchObject({ condition: 'waiting', evidence: { serverToken: 'old' } })
    const reportedOld = [state('p', { 'server-token': 'older' })]
    expect(judged({ collected, reported: reportedOld })[0]).toMatchObject({ evidence: { serverToken: 'older' } })
  })
})

describe('collected', () => {
  it('is what the manifest has and no report has named', () => {
    expect(judged()[0]).toMatchObject({ condition: 'collected', reason: { code: 'not-reported' }, since: NOW + MINUTE })
  })

  it('is what is reported under an older version only', () => {
    expect(reported({ 'server-token': 'old' })).toMatchObject({
      condition: 'collected',
      reason: { code: 'not-reported' },
      evidence: { serverToken: 'old' },
    })
  })

  it('is what is active and not judged yet, as a data asset that nothing fetched', () => {
    expect(reported({ valid: 'unknown' })).toMatchObject({ condition: 'collected', reason: { code: 'not-judged' } })
  })
})

describe('unreferenced', () => {
  it.each(['Info.NotReferencedByActivation', 'Info.NotReferencedByConfiguration'])(
    'is what is reported as %s',
    (code) => {
      const condition = reported({ active: false, valid: 'unknown', reasons: reason(code) })
      expect(condition).toMatchObject({ condition: 'unreferenced', reason: { code }, since: NOW + HOUR })
      expect(condition?.evidence).toMatchObject({ active: false, valid: 'unknown', reasons: [{ code }] })
    },
  )
})

describe('inactive', () => {
  const details = { Predicate: '@status(passcode.is-compliant) == TRUE' }
  const asleep = state('on', {
    kind: 'activation',
    active: false,
    reasons: [{ code: 'Info.Predicate', description: 'Predicate is false', details }],
  })

  it('is an activation whose predicate is false, with the predicate', () => {
    const [condition] = judged({ wanted: [item('on', 'activation')], reported: [asleep], collected: null })
    expect(condition).toMatchObject({
      condition: 'inactive',
      reason: { code: 'Info.Predicate', message: 'Predicate is false' },
      evidence: { predicate: details.Predicate, active: false },
    })
  })

  it('is a configuration of it, and the activation explains it', () => {
    const condition = judged({
      reported: [state('p', { active: false, valid: 'unknown' }), asleep],
      activations: new Map([['on', ['p']]]),
    }).find(({ identifier }) => identifier === 'p')
    expect(condition).toMatchObject({
      condition: 'inactive',
      reason: { code: 'Info.Predicate' },
      evidence: { activation: 'on', predicate: details.Predicate },
    })
  })

  it('is not explained by an activation that lists something else, or is active', () => {
    const inactive = state('p', { active: false, valid: 'unknown' })
    const explain = (activations: Known['activations'], other: ReportedState) =>
      judged({ reported: [inactive, other], activations }).find(({ identifier }) => identifier === 'p')?.reason.code
    expect(explain(new Map([['on', ['q']]]), asleep)).toBe('reported-inactive')
    expect(explain(new Map([['on', ['p']]]), { ...asleep, active: true })).toBe('reported-inactive')
  })

  it('is what is reported so without a reason', () => {
    expect(reported({ active: false })).toMatchObject({ condition: 'inactive', reason: { code: 'reported-inactive' } })
  })
})

describe('failed', () => {
  it('is what has an error, with what the device says of it', () => {
    const reasons = reason('Error.ConfigurationCannotBeApplied', 'Configuration cannot be applied')
    expect(reported({ valid: 'invalid', reasons })).toMatchObject({
      condition: 'failed',
      reason: { code: 'Error.ConfigurationCannotBeApplied', message: 'Configuration cannot be applied' },
      evidence: { active: true, valid: 'invalid' },
    })
  })

  it('is an activation that misses configurations, though it is called valid', () => {
    const missing = state('on', { kind: 'activation', active: false, reasons: reason('Error.MissingConfigurations') })
    const [condition] = judged({ wanted: [item('on', 'activation')], reported: [missing], collected: null })
    expect(condition).toMatchObject({ condition: 'failed', reason: { code: 'Error.MissingConfigurations' } })
  })

  it('is what is invalid without a reason, a management declaration too', () => {
    expect(reported({ valid: 'invalid' })).toMatchObject({ condition: 'failed', reason: { code: 'reported-invalid' } })
    const bad = state('m', { kind: 'management', active: false, valid: 'invalid' })
    expect(judged({ wanted: [item('m', 'management')], reported: [bad], collected: null })[0]?.condition).toBe('failed')
  })

  it('is not what comes with a word of information only', () => {
    expect(reported({ reasons: reason('Info.UnsupportedSettings') })?.condition).toBe('in-force')
  })
})

describe('in-force', () => {
  it('is what is reported active and valid, and worded so', () => {
    expect(reported({})).toEqual({
      kind: 'configuration',
      identifier: 'p',
      serverToken: 'new',
      condition: 'in-force',
      reason: { code: 'reported-active', message: 'the device reports it active and valid' },
      since: NOW + HOUR,
      evidence: { active: true, valid: 'valid', reasons: [] },
    })
  })

  it('is a management declaration that is valid: it is never active', () => {
    const management = (valid: ReportedState['valid']) =>
      judged({
        wanted: [item('m', 'management')],
        reported: [state('m', { kind: 'management', active: false, valid })],
        collected: null,
      })[0]
    expect(management('valid')).toMatchObject({ condition: 'in-force', reason: { code: 'reported-valid' } })
    expect(management('unknown')).toMatchObject({ condition: 'collected', reason: { code: 'not-judged' } })
  })

  it('counts the version that is wanted, when a device reports two', () => {
    const both = [state('p', { 'server-token': 'old', valid: 'invalid' }), state('p')]
    expect(judged({ reported: both }).map(({ condition }) => condition)).toEqual(['in-force'])
  })
})

describe('removing', () => {
  const removing = (but: Partial<Known>) =>
    judged({ wanted: [], ...but }).map(({ identifier, condition, reason: { code }, evidence }) => ({
      identifier,
      condition,
      code,
      serverToken: evidence.serverToken,
    }))

  it('is what the collected manifest still has', () => {
    expect(removing({})).toEqual([
      { identifier: 'p', condition: 'removing', code: 'not-collected-without', serverToken: 'new' },
    ])
  })

  it('is what no report has denied since the manifest without it', () => {
    const collected = { items: [], at: NOW + MINUTE }
    const before = { collected, previous: [item('p')], reportedAt: NOW }
    expect(removing(before)).toMatchObject([{ identifier: 'p', condition: 'removing', code: 'no-report-since' }])
    expect(removing({ ...before, reportedAt: null })).toMatchObject([{ code: 'no-report-since' }])
    expect(removing({ collected, reported: [state('p')], reportedAt: NOW })).toMatchObject([
      { code: 'no-report-since' },
    ])
  })

  it('ends with a report after that manifest which does not name it', () => {
    expect(
      removing({ collected: { items: [], at: NOW + MINUTE }, previous: [item('p')], reportedAt: NOW + HOUR }),
    ).toEqual([])
  })

  it('goes on while the device reports it', () => {
    const collected = { items: [], at: NOW + MINUTE }
    expect(removing({ collected, previous: [item('p')], reported: [state('p')] })).toEqual([
      { identifier: 'p', condition: 'removing', code: 'still-reported', serverToken: 'new' },
    ])
  })

  it('is said once of each', () => {
    expect(removing({ previous: [item('p')], reported: [state('p')], reportedAt: null })).toHaveLength(1)
  })
})

it('every condition is said in canonical order, each declaration once', () => {
  const conditions = judged({
    wanted: [item('z'), item('a', 'management'), item('on', 'activation')],
    leftOut: [{ kind: 'asset', identifier: 'b', cause: { code: 'left-out-ineligible', reason: 'x' } }],
  })
  expect(conditions.map(({ identifier }) => identifier)).toEqual(['on', 'b', 'p', 'z', 'a'])
})
