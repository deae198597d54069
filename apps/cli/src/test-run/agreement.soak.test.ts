import { describe, expect, it } from 'vitest'
import { compareChange, compareEvents, compareKnown } from './testing/agree.ts'
import { definiteShare } from './testing/totals.ts'

const RUNS = 2_000

describe('the predictor and the simulated device, at length', () => {
  it('agree on every declaration when everything is known', async () => {
    expect(await definiteShare(false, RUNS, (one) => compareKnown(one, []))).toBeGreaterThan(0.9)
  })

  it('agree on what can be known when some status items are not', async () => {
    expect(await definiteShare(false, RUNS, (one) => compareKnown(one, one.hidden))).toBeGreaterThan(0.8)
  })

  it.each([false, true])('agree on what other declarations do (tangled: %s)', async (tangled) => {
    expect(await definiteShare(tangled, RUNS, compareChange)).toBeGreaterThan(0.7)
  })

  it.each([false, true])('agree on what events do (tangled: %s)', async (tangled) => {
    expect(await definiteShare(tangled, RUNS, compareEvents)).toBeGreaterThan(0.6)
  })
})
