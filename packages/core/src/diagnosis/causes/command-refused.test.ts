import { expect, it } from 'vitest'
import { acknowledged, healthy, idle, offer } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { commandRefused } from './command-refused.ts'

it.each(['NotNow', 'Error', 'CommandFormatError'] as const)('is proven by %s', (status) => {
  expect(suspicionOf(commandRefused, [idle, offer, { ...acknowledged, status }])?.weight).toBe('proven')
})

it('is no suspicion when the device acknowledged, or has not answered', () => {
  expect(suspicionOf(commandRefused, healthy)).toBeNull()
  expect(suspicionOf(commandRefused, [idle, offer])).toBeNull()
})
