import { expect, it } from 'vitest'
import { authenticate, healthy, idle, MINUTE, ON, push, report, tokenUpdate, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { pushWithoutEffect } from './push-without-effect.ts'

it('is likely when several accepted pushes brought nobody', () => {
  const said = [authenticate, tokenUpdate, push, push, { ...idle, after: 60 * MINUTE }]
  expect(suspicionOf(pushWithoutEffect, said)).toMatchObject({
    weight: 'likely',
    evidence: [{}, { message: 'it connects at other times' }],
  })
})

it('is only possible after one', () => {
  expect(suspicionOf(pushWithoutEffect, [authenticate, tokenUpdate, push], 2 * MINUTE)?.weight).toBe('possible')
})

it('is only possible of a device that has come after pushes before', () => {
  expect(suspicionOf(pushWithoutEffect, [...healthy, push], 2 * MINUTE)?.weight).toBe('possible')
})

it('is no suspicion within a minute, nor when the device came', () => {
  expect(suspicionOf(pushWithoutEffect, [authenticate, tokenUpdate, push], 1000)).toBeNull()
  expect(suspicionOf(pushWithoutEffect, healthy, 5 * MINUTE)).toBeNull()
})

it('is no suspicion when the device was away, and came by itself: it has everything then', () => {
  const inactive = report([ON, WIFI], { wifi: { active: false, reasons: [{ code: 'Error.Unknown' }] } })
  const away = [...healthy.slice(0, -1), inactive, push, { ...idle, after: 60 * MINUTE }]
  expect(suspicionOf(pushWithoutEffect, away)).toBeNull()
  expect(suspicionOf(pushWithoutEffect, away.slice(0, -1), 60 * MINUTE)?.weight).toBe('possible')
})
