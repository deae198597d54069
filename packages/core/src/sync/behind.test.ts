import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, NOW, SECOND } from '../testing/channel-of.ts'
import { behind } from './behind.ts'
import { itemsAnswered } from './collect.ts'
import { offerAnswered, offered, offerFor, tokensAnswered } from './offer.ts'
import { FRESH, type Sync } from './sync.ts'

const ENABLED: Sync = { ...FRESH, enabled: true }
/** Told and collected A at NOW. */
const HOLDS_A = itemsAnswered(tokensAnswered(ENABLED, 'A', NOW), 'A', NOW + SECOND)

function offerOf(sync: Sync, wanted: string, now: number, CommandUUID: string, data = true): Sync {
  const offer = offerFor(sync, { wanted, now, idle: true, CommandUUID, data })
  if (offer === null) throw new Error('Cannot offer: nothing is offered')
  return offered(sync, offer)
}

describe('a channel is behind', () => {
  it('while no DeclarativeManagement was acknowledged, whatever it collected', () => {
    expect(behind(FRESH, 'A', NOW)).toBe(true)
    expect(behind({ ...HOLDS_A, enabled: false }, 'A', NOW)).toBe(true)
  })

  it('when it wants another token than it collected', () => {
    expect(behind(ENABLED, 'A', NOW)).toBe(true)
    expect(behind(HOLDS_A, 'B', NOW + HOUR)).toBe(true)
  })

  it('when it was told the wanted token and has not asked for the manifest yet', () => {
    expect(behind(tokensAnswered(HOLDS_A, 'B', NOW + MINUTE), 'B', NOW + HOUR)).toBe(true)
  })
})

describe('a channel is not behind', () => {
  it('when it collected what it wants', () => {
    expect(behind(HOLDS_A, 'A', NOW + SECOND)).toBe(false)
  })

  it('when it is told what it held before, and does not ask for it within two minutes', () => {
    const lost = itemsAnswered(tokensAnswered(HOLDS_A, 'B', NOW + MINUTE), 'B', NOW + MINUTE)
    const told = tokensAnswered(lost, 'A', NOW + HOUR)
    expect(behind(told, 'A', NOW + HOUR + 2 * MINUTE - 1)).toBe(true)
    expect(behind(told, 'A', NOW + HOUR + 2 * MINUTE)).toBe(false)
  })
})

describe('a channel does not hold a manifest already', () => {
  const back = (sync: Sync) => behind(sync, 'A', NOW + 2 * HOUR)

  it('that it was never answered since its Authenticate', () => {
    expect(back(tokensAnswered(ENABLED, 'A', NOW))).toBe(true)
  })

  it('that it was not told again', () => {
    const onB = itemsAnswered(tokensAnswered(HOLDS_A, 'B', NOW + MINUTE), 'B', NOW + MINUTE)
    expect(back(onB)).toBe(true)
  })

  it('when it asked for a manifest after it was told', () => {
    const told = tokensAnswered(HOLDS_A, 'A', NOW + HOUR)
    expect(back(itemsAnswered(told, 'B', NOW + HOUR + SECOND))).toBe(true)
    expect(back(itemsAnswered(told, 'B', NOW + HOUR + 5 * MINUTE))).toBe(true)
  })
})

describe('a lost declaration-items answer, then a revert', () => {
  const lost = (() => {
    const offeredB = offerOf(HOLDS_A, 'B', NOW + MINUTE, 'offer-b')
    const acknowledged = offerAnswered(offeredB, 'offer-b', 'Acknowledged', NOW + MINUTE)
    return itemsAnswered(acknowledged, 'B', NOW + MINUTE + SECOND)
  })()

  it.each([true, false])('ends not behind (tokens as Data: %s)', (data) => {
    const reverted = NOW + 10 * MINUTE
    expect(behind(lost, 'A', reverted)).toBe(true)
    const offeredA = offerOf(lost, 'A', reverted, 'offer-a', data)
    const acknowledged = offerAnswered(offeredA, 'offer-a', 'Acknowledged', reverted)
    const told = data ? acknowledged : tokensAnswered(acknowledged, 'A', reverted + SECOND)
    expect(behind(told, 'A', reverted + HOUR)).toBe(false)
  })

  it('stays behind when the device does ask: it held the other one after all', () => {
    const reverted = NOW + 10 * MINUTE
    const told = offerAnswered(offerOf(lost, 'A', reverted, 'offer-a'), 'offer-a', 'Acknowledged', reverted)
    const asked = itemsAnswered(told, 'A', reverted + SECOND)
    expect(behind(asked, 'A', reverted + HOUR)).toBe(false)
    expect(behind(asked, 'C', reverted + HOUR)).toBe(true)
  })
})
