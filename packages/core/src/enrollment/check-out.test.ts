import { expect, it } from 'vitest'
import { enrollmentOf } from '../testing/channel-of.ts'
import { checkOut } from './check-out.ts'

it('a device that checks out has left, and is not pushed to; the rest is remembered', () => {
  const before = enrollmentOf()
  expect(checkOut(before)).toEqual({ ...before, state: 'left', push: null })
  expect(checkOut(checkOut(before))).toEqual(checkOut(before))
})
