import { describe, expect, it } from 'vitest'
import { receiverHealth } from './receiver-health.ts'

const everybody = ['A', 'B', 'C', 'D', 'E', 'F']

describe('a receiver', () => {
  it('that fails for one enrollment, however often, is asked by all others', () => {
    const health = receiverHealth(20)
    for (let now = 0; now < 1000; now += 1) health.failed('A', null, now)
    expect(health.most(1000)).toBe(20)
  })

  it('that fails for five is left alone, longer each time, and then asked by one', () => {
    const health = receiverHealth(20)
    for (const one of everybody) health.failed(one, null, 0)
    expect([health.most(0), health.most(4999), health.most(5000)]).toEqual([0, 0, 1])
    health.failed('A', null, 5000)
    expect([health.most(14_999), health.most(15_000)]).toEqual([0, 1])
    health.failed('Z', null, 15_000)
    expect([health.most(34_999), health.most(35_000)]).toEqual([0, 1])
  })

  it('that takes something is well, and says whether it was not', () => {
    const health = receiverHealth(20)
    health.failed('A', null, 0)
    expect(health.taken()).toBe(false)
    for (const one of everybody) health.failed(one, null, 0)
    expect(health.taken()).toBe(true)
    expect([health.most(0), health.taken()]).toEqual([20, false])
  })

  it('that asks for time gets it, five minutes at most', () => {
    const health = receiverHealth(20)
    health.failed('A', 2000, 0)
    expect([health.most(1999), health.most(2000)]).toEqual([0, 20])
    health.failed('A', 86_400_000, 2000)
    expect([health.most(301_999), health.most(302_000)]).toEqual([0, 20])
  })
})
