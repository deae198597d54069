import { describe, expect, it } from 'vitest'
import { pushAgain } from './again.ts'

const first = { attempt: 1, after: null, elapsed: 0, chance: 0.5 }

describe('a push that is to be tried again', () => {
  it.each([
    [1, 'wait', 400],
    [2, 'wait', 1600],
    [3, 'later', 6400],
    [4, 'later', 25_600],
    [8, 'later', 3_600_000],
    [500, 'later', 3_600_000],
  ] as const)('for the %i. time: %s, %i ms', (attempt, kind, ms) => {
    expect(pushAgain({ ...first, attempt })).toEqual({ kind, ms })
  })

  it('is spread over half to one and a half of that', () => {
    expect([pushAgain({ ...first, chance: 0 }).ms, pushAgain({ ...first, chance: 1 }).ms]).toEqual([200, 600])
  })

  it('waits for what Retry-After asks, or a little longer', () => {
    expect(pushAgain({ ...first, after: 5000, chance: 0 })).toEqual({ kind: 'wait', ms: 5000 })
    expect(pushAgain({ ...first, after: 5000, chance: 1 })).toEqual({ kind: 'wait', ms: 5500 })
    expect(pushAgain({ ...first, after: 60_000, chance: 0 })).toEqual({ kind: 'later', ms: 60_000 })
  })

  it('is put off when its sender has waited enough', () => {
    expect(pushAgain({ ...first, elapsed: 5700 })).toEqual({ kind: 'later', ms: 400 })
  })
})
