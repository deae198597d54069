import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acknowledged,
  answer,
  authenticate,
  fetched,
  healthy,
  idle,
  MINUTE,
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
import { historyOf } from './history.ts'
import { stageOf } from './stage.ts'
import { DWELL, HEALTHY, LASTING, nextLook, QUIET, type Standing, settle, UNEXPLAINED, verdictOf } from './standing.ts'

const NOTHING: Standing = { counts: null, found: null }
const certainly = (code: string) => ({ code, stage: 'partly-fetched', certain: true }) as const
const perhaps = (code: string) => ({ ...certainly(code), certain: false })
const patience = causes.flatMap((cause) => cause.patience ?? [])

describe('a look finds', () => {
  const look = (later: number, ...said: readonly Saying[]) => {
    const entries = record(...said)
    const saidAt = entries.at(-1)?.at ?? null
    const now = (saidAt ?? 0) + later
    return verdictOf(diagnose(entries, { now }), saidAt, now)
  }
  const refused = { ...push, accepted: false, reason: 'Unregistered' }

  it('what is reported in force healthy, at once', () => {
    expect(look(1000, ...healthy)).toEqual({ code: HEALTHY, stage: 'in-force', certain: true })
  })

  it('what is proven, at once', () => {
    expect(look(1000, authenticate, tokenUpdate, refused)).toMatchObject({ code: 'push-not-delivered', certain: true })
  })

  it('nothing certain while something may be under way, and is certain when nobody says anything', () => {
    const said = [idle, offer, acknowledged, tokens('t1')]
    expect(look(1000, ...said).certain).toBe(false)
    expect(look(QUIET - 1, ...said).certain).toBe(false)
    expect(look(QUIET, ...said).certain).toBe(true)
  })

  it('no cause where none fits', () => {
    expect(look(2 * MINUTE)).toEqual({ code: 'push-not-delivered', stage: 'not-woken', certain: true })
    const reported = report([ON, WIFI], { wifi: { active: true, valid: 'unknown' } })
    expect(look(2 * MINUTE, ...healthy.slice(0, -1), reported)).toMatchObject({ code: UNEXPLAINED, certain: true })
  })
})

describe('a verdict counts', () => {
  it('when it is certain, from then on', () => {
    expect(settle(NOTHING, certainly('a'), 7)).toEqual({
      counts: { code: 'a', stage: 'partly-fetched', since: 7 },
      found: null,
    })
  })

  it('when it was the same for long, from when it was found first', () => {
    const first = settle(NOTHING, perhaps('a'), 7)
    expect(first).toEqual({ counts: null, found: { code: 'a', since: 7 } })
    expect(settle(first, perhaps('a'), 6 + LASTING)).toEqual(first)
    expect(settle(first, perhaps('a'), 7 + LASTING).counts).toMatchObject({ code: 'a', since: 7 })
    expect(settle(first, perhaps('b'), 7 + LASTING)).toEqual({ counts: null, found: { code: 'b', since: 7 + LASTING } })
  })

  it('not before what counts has done so for two minutes', () => {
    const healthy = settle(NOTHING, certainly(HEALTHY), 0)
    const soon = settle(healthy, certainly('a'), DWELL - 1)
    expect(soon).toEqual({ ...healthy, found: { code: 'a', since: DWELL - 1 } })
    expect(settle(soon, certainly('a'), DWELL).counts).toMatchObject({ code: 'a', since: DWELL - 1 })
    expect(settle(soon, certainly(HEALTHY), DWELL)).toEqual(healthy)
  })

  it('and keeps its time while it is found again, whatever the stage', () => {
    const before = settle(NOTHING, certainly('a'), 7)
    const after = settle(before, { ...perhaps('a'), stage: 'not-woken' }, 9)
    expect(after).toEqual({ counts: { code: 'a', stage: 'not-woken', since: 7 }, found: null })
  })

  it('at most two times in two minutes, whatever is found', () => {
    const verdict = fc.record({
      code: fc.constantFrom(HEALTHY, 'a', 'b'),
      stage: fc.constant('partly-fetched' as const),
      certain: fc.boolean(),
    })
    const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: LASTING }), verdict), { maxLength: 200 })
    fc.assert(
      fc.property(looks, (all) => {
        let [now, standing] = [0, NOTHING]
        const changes: number[] = []
        for (const [after, found] of all) {
          now += after
          const next = settle(standing, found, now)
          if (next.counts?.code !== standing.counts?.code) changes.push(now)
          standing = next
        }
        for (const [index, at] of changes.entries())
          expect((changes[index + 2] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(DWELL)
      }),
    )
  })
})

describe('the next look', () => {
  const saying = fc.constantFrom<Saying[]>(
    [push],
    [{ ...push, accepted: false, reason: 'BadDeviceToken' }],
    [authenticate],
    [tokenUpdate],
    [idle],
    [offer],
    [acknowledged],
    [tokens('t1')],
    [manifest('t1')],
    [fetched(ON)],
    [fetched(WIFI, { type: 'com.apple.configuration.legacy' })],
    [report([ON, WIFI])],
    [report([ON, WIFI], { wifi: { valid: 'unknown' } })],
    [tokens('t2', answer(500))],
    [...healthy],
  )
  const records = fc
    .array(fc.tuple(saying, fc.integer({ min: 1, max: 20 * MINUTE })), { minLength: 1, maxLength: 12 })
    .map((all) => record(...all.flatMap(([said, after]) => said.map((one) => ({ ...one, after })))))

  it('comes at every moment after which a cause may judge otherwise, and then no more', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 60 * MINUTE }), (said, later) => {
        const saidAt = said.at(-1)?.at ?? 0
        const now = saidAt + later
        const codesAt = (at: number) => {
          const history = historyOf(said, { now: at })
          return causes.filter((cause) => cause.suspect(history, stageOf(history)) !== null).map(({ code }) => code)
        }
        const looks: number[] = [saidAt + 1]
        for (let next: number | null = saidAt; next !== null; ) {
          next = nextLook(NOTHING, saidAt, patience, next)
          if (next !== null) looks.push(next)
        }
        const before = codesAt(looks.findLast((look) => look <= now) ?? saidAt + 1)
        const after = codesAt(looks.find((look) => look >= now) ?? looks.at(-1) ?? saidAt)
        for (const code of codesAt(now)) expect([...before, ...after]).toContain(code)
        for (const code of before.filter((one) => after.includes(one))) expect(codesAt(now)).toContain(code)
      }),
    )
  })

  it('comes when what was found may count', () => {
    const found: Standing = {
      counts: { code: HEALTHY, stage: 'in-force', since: 0 },
      found: { code: 'a', since: 60_000 },
    }
    expect(nextLook(found, null, [], 60_000)).toBe(DWELL)
    expect(nextLook(found, null, [], DWELL)).toBe(60_000 + LASTING)
    expect(nextLook({ ...found, found: null }, null, [], 60_000)).toBeNull()
  })
})
