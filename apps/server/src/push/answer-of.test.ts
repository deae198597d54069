import { expect, it } from 'vitest'
import { answerOf } from './answer-of.ts'

const NOW = Date.UTC(2026, 8, 1)
const nothing = { reason: null, timestamp: null, retryAfter: null }

it.each([
  ['', nothing],
  [
    '{"reason":"Unregistered","timestamp":1788300000000}',
    { ...nothing, reason: 'Unregistered', timestamp: 1788300000000 },
  ],
  ['{"reason":"<b>"}', nothing],
  ['{"reason":7,"timestamp":"now"}', nothing],
  ['{"timestamp":-1}', nothing],
  ['null', nothing],
  ['[', nothing],
])('the body %s', (body, said) => {
  expect(answerOf(410, body, '', NOW)).toEqual({ status: 410, ...said })
})

it.each([
  ['30', 30_000],
  ['0', 0],
  ['Tue, 01 Sep 2026 00:01:00 GMT', 60_000],
  ['Mon, 31 Aug 2026 00:00:00 GMT', 0],
  ['99999999', 86_400_000],
  ['soon', null],
  ['-5', null],
  ['', null],
  ['2026', 2_026_000],
  ['Tue, no date GMT', null],
])('Retry-After: %s', (header, wait) => {
  expect(answerOf(429, '', header, NOW).retryAfter).toBe(wait)
})
