import { describe, expect, it } from 'vitest'
import { capabilitiesOf, HOUR, MINUTE, NOW } from '../testing/channel-of.ts'
import { type Asked, answerFor, STALE_AFTER, statusAnswers } from './answer.ts'

/** Asked of an iPad that was seen a minute ago and has reported what it supports, nothing else. */
const asked = (but: Partial<Asked> = {}): Asked => ({
  name: 'passcode.is-present',
  reported: undefined,
  lastSeenAt: NOW - MINUTE,
  lastFullReportAt: null,
  subscribedAt: null,
  subscribed: false,
  capabilities: capabilitiesOf({}, ['passcode.is-present', 'management.declarations']),
  platform: 'iOS',
  ...but,
})
const answer = (but: Partial<Asked> = {}) => answerFor(asked(but), NOW)
const reported = { value: true, at: NOW - 72 * HOUR }

it('the words are these, in this order', () => {
  expect(statusAnswers).toEqual(['value', 'stale', 'absent', 'unsupported', 'not-subscribed', 'never-reported'])
})

describe('a reported value', () => {
  it('is a value, however old, while the channel is heard of', () => {
    expect(answer({ reported })).toBe('value')
    expect(answer({ reported: { value: null, at: NOW } })).toBe('value')
  })

  it('is a value even when nothing subscribes to it, or nothing supports it', () => {
    expect(answer({ reported, capabilities: capabilitiesOf({}), subscribed: false })).toBe('value')
  })

  it('is stale once the channel has been silent for 48 hours', () => {
    expect(answer({ reported, lastSeenAt: NOW - STALE_AFTER + 1 })).toBe('value')
    expect(answer({ reported, lastSeenAt: NOW - STALE_AFTER })).toBe('stale')
    expect(answer({ reported, lastSeenAt: null })).toBe('stale')
  })
})

describe('without a value, an item', () => {
  const subscribed = { subscribed: true, subscribedAt: NOW - HOUR }

  it('is absent when a full report after the subscription did not carry it', () => {
    expect(answer({ ...subscribed, lastFullReportAt: NOW - MINUTE })).toBe('absent')
  })

  it('is not absent because of a full report before the subscription', () => {
    expect(answer({ ...subscribed, lastFullReportAt: NOW - 2 * HOUR })).toBe('never-reported')
    expect(answer({ lastFullReportAt: NOW - MINUTE })).toBe('not-subscribed')
  })

  it('is unsupported when the device does not list it', () => {
    expect(answer({ name: 'diskmanagement.filevault.enabled' })).toBe('unsupported')
    expect(answer({ name: 'diskmanagement.filevault.enabled', ...subscribed })).toBe('unsupported')
  })

  it('is unsupported when its platform has it not, before the device has said what it supports', () => {
    const unknown = { capabilities: null }
    expect(answer({ ...unknown, name: 'diskmanagement.filevault.enabled' })).toBe('unsupported')
    expect(answer({ ...unknown, name: 'diskmanagement.filevault.enabled', platform: 'macOS' })).toBe('not-subscribed')
    expect(answer({ ...unknown, name: 'diskmanagement.filevault.enabled', platform: null })).toBe('not-subscribed')
    expect(answer({ ...unknown, name: 'com.example.x' })).toBe('not-subscribed')
  })

  it('is not subscribed when nothing asks for it', () => {
    expect(answer()).toBe('not-subscribed')
  })

  it('was never reported when something asks for it', () => {
    expect(answer(subscribed)).toBe('never-reported')
  })

  it('needs no subscription when devices report it unasked', () => {
    expect(answer({ name: 'management.declarations' })).toBe('never-reported')
    expect(answer({ name: 'management.declarations', lastFullReportAt: NOW })).toBe('absent')
  })
})
