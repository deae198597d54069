import { expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const part = {
  text: '@status(passcode.is-compliant)',
  reads: 'known',
  value: false,
  origin: { from: 'status', item: 'passcode.is-compliant', answer: 'value', reportedAt: '2026-09-01T08:00:00.000Z' },
  why: null,
  parts: [],
}
const tree = {
  kind: 'comparison',
  text: '@status(passcode.is-compliant) == TRUE',
  outcomes: ['false'],
  why: null,
  operands: [],
  parts: [part],
  reached: true,
  decides: true,
}
const activation = {
  kind: 'activation',
  identifier: 'wifi.on',
  type: 'com.apple.activation.simple',
  origin: 'declared',
  serverToken: 'x',
  payload: {},
  sets: [
    { set: 'wifi', via: [], counts: true, given: [{ from: 'group:teachers', channel: 'own', exclude: false }] },
    { set: 'guests', via: ['a', 'b'], counts: false, given: [{ from: 'enrollment', channel: 'own', exclude: true }] },
    {
      set: 'both',
      via: [],
      counts: false,
      given: [
        { from: 'enrollment', channel: 'own', exclude: true },
        { from: 'group:teachers', channel: 'own', exclude: false },
      ],
    },
    { set: 'unused', via: [], counts: false, given: [] },
  ],
  leftOut: null,
  expected: 'inactive',
  because: { code: 'predicate-false', message: '…', of: [] },
  predicate: { source: tree.text, outcomes: ['false'], error: null, tree },
  refersTo: ['wifi'],
  referredToBy: [],
  condition: {
    condition: 'inactive',
    reason: { code: 'Info.Predicate', message: 'Predicate evaluated to false' },
    since: '2026-09-01T08:00:00.000Z',
  },
}
const absent = {
  ...activation,
  kind: 'configuration',
  identifier: 'wifi',
  type: 'com.apple.configuration.legacy',
  sets: [{ set: 'unused', via: ['wifi.on'], counts: false, given: [] }],
  leftOut: { code: 'left-out-ineligible', reason: 'it is not for this device', of: 'logo' },
  expected: null,
  because: null,
  predicate: null,
  condition: null,
}

it('says of each declaration where it comes from, what decides, and what the device says', async () => {
  await using peer = await listen(() => ({ body: { enrollment: 'A', items: [activation, absent] } }))
  const { code, stdout } = await edict(['explain', 'A', 'wifi.on'], { EDICT_URL: peer.url })
  expect(code).toBe(0)
  expect(peer.asked.map(({ path }) => path)).toEqual(['/api/v1/enrollments/A/explain?declaration=wifi.on'])
  expect(stdout).toBe(`wifi.on  activation com.apple.activation.simple
  from          set wifi, given to group teachers
                set guests, by way of a, b, excluded from this enrollment
                set both, excluded from this enrollment, given to group teachers, and the exclusion wins
  predicate     false  → @status(passcode.is-compliant) == TRUE
                false      @status(passcode.is-compliant)        reported 2026-09-01T08:00:00.000Z
  expected      inactive: the predicate is false
  device says   inactive since 2026-09-01T08:00:00.000Z: Predicate evaluated to false (Info.Predicate)
  activates     wifi

wifi  configuration com.apple.configuration.legacy
  from          nothing here: set unused is not given to this channel
  left out      logo: it is not for this device
  needs         wifi
`)
})
