import { expect, it } from 'vitest'
import { createAttempts } from './attempts.ts'

const at = (seconds: number) => seconds * 1000

it('makes an account wait from anywhere, longer with each failure, and no other account', () => {
  const attempts = createAttempts()
  for (let failure = 0; failure < 10; failure += 1) {
    expect(attempts.waitOf('ada', `192.0.2.${failure}`, 0)).toBe(0)
    attempts.failed('ada', `192.0.2.${failure}`, 0)
  }
  expect(attempts.waitOf('ada', '198.51.100.1', 0)).toBe(at(30))
  attempts.failed('ada', '198.51.100.1', 0)
  expect(attempts.waitOf('ada', '198.51.100.1', 0)).toBe(at(60))
  expect(attempts.waitOf('ada', '198.51.100.1', at(60))).toBe(0)
  expect(attempts.waitOf('lin', '198.51.100.1', 0)).toBe(0)
})

it('makes an address wait that tries many accounts', () => {
  const attempts = createAttempts()
  for (let failure = 0; failure < 50; failure += 1) attempts.failed(`account ${failure}`, '2001:db8::1', 0)
  expect(attempts.waitOf('another', '2001:db8::2', 0)).toBe(at(2))
  expect(attempts.waitOf('another', '2001:db8:1::1', 0)).toBe(0)
})

it('makes an address wait that brings answers which no provider gave', () => {
  const attempts = createAttempts()
  for (let failure = 0; failure < 50; failure += 1) attempts.failed(null, '192.0.2.1', 0)
  expect(attempts.waitOf(null, '192.0.2.1', 0)).toBe(at(2))
  expect(attempts.waitOf(null, '192.0.2.2', 0)).toBe(0)
})

it('holds names that are longer than any for one', () => {
  const attempts = createAttempts()
  for (let failure = 0; failure < 10; failure += 1)
    attempts.failed(`${'x'.repeat(256)}${failure}`, `192.0.2.${failure}`, 0)
  expect(attempts.waitOf('x'.repeat(300), '198.51.100.1', 0)).toBe(at(30))
})
