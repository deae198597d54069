import { expect, it } from 'vitest'
import { expiryWarning } from './expiry.ts'

it.each([
  [365, null],
  [60.01, null],
  [60, '60-days'],
  [30.01, '60-days'],
  [30, '30-days'],
  [14, '14-days'],
  [7, '7-days'],
  [1.5, '7-days'],
  [1, '1-day'],
  [0, '1-day'],
  [-0.01, 'expired'],
  [-90, 'expired'],
] as const)('with %d days left: %s', (days, warning) => {
  expect(expiryWarning(days * 86_400_000, 0)).toBe(warning)
})
