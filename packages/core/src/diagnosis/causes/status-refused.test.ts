import { expect, it } from 'vitest'
import { answer, healthy, ON, report, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { statusRefused } from './status-refused.ts'

it('is proven by a refused report, and counts how often it came', () => {
  const refused = report([ON, WIFI], {}, answer(500))
  const { weight, evidence } = suspicionOf(statusRefused, [...healthy.slice(0, -1), refused, refused, refused]) ?? {}
  expect(weight).toBe('proven')
  expect(evidence?.at(-1)?.message).toContain('3 times')
})

it('is only possible when a later report was taken', () => {
  const refused = report([ON, WIFI], {}, answer(500))
  expect(suspicionOf(statusRefused, [...healthy.slice(0, -1), refused, report([ON, WIFI])])?.weight).toBe('possible')
})

it('is no suspicion when every report was answered 200', () => {
  expect(suspicionOf(statusRefused, healthy)).toBeNull()
})
