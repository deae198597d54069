import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE, NOW, SECOND } from '../testing/channel-of.ts'
import { behind } from './behind.ts'
import { itemsAnswered } from './collect.ts'
import { isOffer, type Occasion, offerAnswered, offered, offerFor, tokensAnswered } from './offer.ts'
import { FRESH, SUPERSEDED_LIMIT, type Sync } from './sync.ts'

let made = 0
const occasion = (but: Partial<Occasion> = {}): Occasion => {
  made += 1
  return { wanted: 'A', now: NOW, idle: true, CommandUUID: `uuid-${made}`, data: true, ...but }
}

/** The channel after it connected, and what it was offered. */
function connect(sync: Sync, but: Partial<Occasion> = {}): { sync: Sync; offer: ReturnType<typeof offerFor> } {
  const offer = offerFor(sync, occasion(but))
  return { offer, sync: offer === null ? sync : offered(sync, offer) }
}

const first = connect(FRESH)
const UUID = first.offer?.CommandUUID ?? ''
const answered = (answer: Parameters<typeof offerAnswered>[2], at = NOW) => offerAnswered(first.sync, UUID, answer, at)

describe('a channel that connects', () => {
  it('gets an offer with the wanted token when it is behind', () => {
    expect(first.offer).toMatchObject({ token: 'A', at: NOW, data: true, answer: null, attempt: 1 })
  })

  it('gets none when it is not', () => {
    const holds = itemsAnswered(answered('Acknowledged'), 'A', NOW)
    expect(connect(holds, { now: NOW + 24 * HOUR }).offer).toBeNull()
  })

  it('gets the same UUID again while it has not answered, for the same token', () => {
    expect(connect(first.sync, { now: NOW + HOUR }).offer).toEqual(first.offer)
    expect(connect(first.sync, { now: NOW + HOUR }).sync).toEqual(first.sync)
  })

  it('gets a new UUID when the token changed', () => {
    const { offer, sync } = connect(first.sync, { wanted: 'B' })
    expect(offer).toMatchObject({ token: 'B', attempt: 1 })
    expect(offer?.CommandUUID).not.toBe(UUID)
    expect(isOffer(sync, UUID)).toBe(true)
  })

  it('is told whether the command carries the tokens', () => {
    expect(connect(FRESH, { data: false }).offer?.data).toBe(false)
  })
})

describe('after an answer', () => {
  it.each(['Acknowledged', 'Error', 'CommandFormatError'] as const)(
    '%s, none for that token for 15 minutes',
    (answer) => {
      const sync = answered(answer)
      expect(connect(sync, { now: NOW + 15 * MINUTE - 1 }).offer).toBeNull()
      const { offer } = connect(sync, { now: NOW + 15 * MINUTE })
      expect(offer).toMatchObject({ token: 'A', attempt: 2 })
      expect(offer?.CommandUUID).not.toBe(UUID)
    },
  )

  it('another one at once when the channel collected something else since, and what was offered is wanted again', () => {
    const other = itemsAnswered(answered('Acknowledged', NOW + SECOND), 'B', NOW + 2 * SECOND)
    const { offer, sync } = connect(other, { now: NOW + 3 * SECOND })
    expect(offer).toMatchObject({ token: 'A', attempt: 1 })
    expect(offer?.CommandUUID).not.toBe(UUID)
    const again = offerAnswered(sync, offer?.CommandUUID ?? '', 'Acknowledged', NOW + 4 * SECOND)
    expect(connect(again, { now: NOW + 5 * SECOND }).offer).toBeNull()
  })

  it('none when what was collected since is older than the answer', () => {
    const before = itemsAnswered(first.sync, 'B', NOW)
    const sync = offerAnswered(before, UUID, 'Acknowledged', NOW + SECOND)
    expect(connect(sync, { now: NOW + 2 * SECOND }).offer).toBeNull()
  })

  it('then 30 minutes, an hour, and so on to 24 hours', () => {
    let sync = answered('Error')
    let now = NOW
    const waits = [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440].map((minutes) => {
      expect(connect(sync, { now: now + minutes * MINUTE - 1 }).offer).toBeNull()
      now += minutes * MINUTE
      const next = connect(sync, { now })
      sync = offerAnswered(next.sync, next.offer?.CommandUUID ?? '', 'Error', now)
      return next.offer?.attempt
    })
    expect(waits).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('another token is offered at once, and begins to count anew', () => {
    expect(connect(answered('Acknowledged'), { wanted: 'B' }).offer).toMatchObject({ token: 'B', attempt: 1 })
  })

  it('the wait counts from the answer, not from the offer', () => {
    const late = answered('Acknowledged', NOW + HOUR)
    expect(connect(late, { now: NOW + HOUR + 14 * MINUTE }).offer).toBeNull()
  })
})

describe('after NotNow', () => {
  it('none until the next Idle, then the same UUID again', () => {
    const refused = answered('NotNow')
    expect(connect(refused, { idle: false, now: NOW + HOUR }).offer).toBeNull()
    expect(connect(refused, { idle: true, now: NOW + SECOND }).offer?.CommandUUID).toBe(UUID)
  })

  it('none until the next Idle, also when the token changed meanwhile', () => {
    const refused = answered('NotNow')
    expect(connect(refused, { idle: false, wanted: 'B' }).offer).toBeNull()
    expect(connect(refused, { idle: true, wanted: 'B' }).offer).toMatchObject({ token: 'B' })
  })

  it('a later answer to it counts as any other', () => {
    const acknowledged = offerAnswered(answered('NotNow'), UUID, 'Acknowledged', NOW + MINUTE)
    expect(acknowledged).toMatchObject({ enabled: true, told: { token: 'A', at: NOW + MINUTE } })
    expect(connect(acknowledged, { now: NOW + 2 * MINUTE }).offer).toBeNull()
  })
})

describe('a resync', () => {
  it.each<[string, Sync]>([
    ['is not behind', itemsAnswered(answered('Acknowledged'), 'A', NOW)],
    ['has answered just now', answered('Error')],
    ['has said NotNow', answered('NotNow')],
    ['has not answered', first.sync],
  ])('offers to a channel that %s', (_what, sync) => {
    const { offer, sync: after } = connect({ ...sync, resync: true }, { idle: false })
    expect(offer).toMatchObject({ token: 'A', attempt: 1, answer: null })
    expect(offer?.CommandUUID).not.toBe(UUID)
    expect(after.resync).toBe(false)
  })

  it('offers once', () => {
    const holds = itemsAnswered(answered('Acknowledged'), 'A', NOW)
    const again = connect({ ...holds, resync: true })
    const done = offerAnswered(again.sync, again.offer?.CommandUUID ?? '', 'Acknowledged', NOW)
    expect(connect(done).offer).toBeNull()
  })
})

describe('an answer to an offer', () => {
  it('enables when it is Acknowledged, and says what the device was told when there was Data', () => {
    expect(answered('Acknowledged')).toMatchObject({ enabled: true, told: { token: 'A', at: NOW } })
    const bare = connect(FRESH, { data: false })
    const without = offerAnswered(bare.sync, bare.offer?.CommandUUID ?? '', 'Acknowledged', NOW)
    expect(without).toMatchObject({ enabled: true, told: null })
  })

  it.each(['Error', 'CommandFormatError', 'NotNow'] as const)('does neither when it is %s', (answer) => {
    expect(answered(answer)).toMatchObject({ enabled: false, told: null, offer: { answer, answeredAt: NOW } })
  })

  it('never takes back that the channel is enabled', () => {
    const { sync, offer } = connect(answered('Acknowledged'), { wanted: 'B' })
    expect(offerAnswered(sync, offer?.CommandUUID ?? '', 'Error', NOW).enabled).toBe(true)
  })

  it('that comes late, to a replaced offer, enables and nothing more', () => {
    const replaced = connect(first.sync, { wanted: 'B' }).sync
    expect(offerAnswered(replaced, UUID, 'Acknowledged', NOW)).toEqual({ ...replaced, enabled: true })
    expect(offerAnswered(replaced, UUID, 'Error', NOW)).toEqual(replaced)
  })

  it('of another period, or to something else, changes nothing', () => {
    expect(offerAnswered(FRESH, UUID, 'Acknowledged', NOW)).toBe(FRESH)
    expect(isOffer(FRESH, UUID)).toBe(false)
  })

  it('is known for a bounded number of replaced offers', () => {
    let sync = first.sync
    for (let index = 0; index < SUPERSEDED_LIMIT + 3; index++) sync = connect(sync, { wanted: `token ${index}` }).sync
    expect(sync.superseded).toHaveLength(SUPERSEDED_LIMIT)
    expect(isOffer(sync, UUID)).toBe(false)
  })
})

it('DDM traffic alone does not enable a channel', () => {
  const talked = itemsAnswered(tokensAnswered(FRESH, 'A', NOW), 'A', NOW)
  expect(talked.enabled).toBe(false)
  expect(behind(talked, 'A', NOW + HOUR)).toBe(true)
  expect(connect(talked, { now: NOW + HOUR }).offer).not.toBeNull()
})
