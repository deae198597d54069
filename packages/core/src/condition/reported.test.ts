import type { Json } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { HOUR, NOW } from '../testing/channel-of.ts'
import { reportStates } from './reported.ts'

const entry = (identifier: string, token: string, more: Record<string, Json> = {}) => ({
  identifier,
  'server-token': token,
  active: true,
  valid: 'valid',
  ...more,
})
const report = (...configurations: Json[]) => ({ configurations })
const first = reportStates([], { ...report(entry('p', '1')), activations: [entry('on', '1')] }, NOW)
const names = (states: typeof first) =>
  states.map((state) => `${state.kind} ${state.identifier} ${state['server-token']}`)

describe('reportStates', () => {
  it('replaces each of the four arrays that is present, and no other', () => {
    expect(names(reportStates(first, report(entry('q', '1')), NOW))).toEqual(['activation on 1', 'configuration q 1'])
    expect(names(reportStates(first, report(), NOW))).toEqual(['activation on 1'])
  })

  it('keeps everything when a report lacks the item', () => {
    expect(reportStates(first, undefined, NOW + HOUR)).toBe(first)
    expect(names(reportStates(first, {}, NOW + HOUR))).toEqual(names(first))
  })

  it('keeps since when a device says exactly the same, and begins anew otherwise', () => {
    const since = (value: Json) =>
      reportStates(first, report(value), NOW + HOUR).find(({ identifier }) => identifier === 'p')?.since
    expect(since(entry('p', '1'))).toBe(NOW)
    expect(since(entry('p', '1', { active: false }))).toBe(NOW + HOUR)
    expect(since(entry('p', '1', { valid: 'invalid' }))).toBe(NOW + HOUR)
    expect(since(entry('p', '1', { reasons: [{ code: 'Info.X' }] }))).toBe(NOW + HOUR)
    expect(since(entry('p', '2'))).toBe(NOW + HOUR)
  })

  it('keeps an identifier twice for a moment, with its old and its new token', () => {
    const both = reportStates(first, report(entry('p', '1'), entry('p', '2')), NOW + HOUR)
    expect(
      both.filter(({ identifier }) => identifier === 'p').map((state) => [state['server-token'], state.since]),
    ).toEqual([
      ['1', NOW],
      ['2', NOW + HOUR],
    ])
  })

  it('keeps the last of what is said twice of one version', () => {
    const twice = reportStates([], report(entry('p', '1', { active: false }), entry('p', '1')), NOW)
    expect(twice.map(({ active }) => active)).toEqual([true])
  })
})
