import { expect, it } from 'vitest'
import {
  acknowledged,
  fetched,
  flawed,
  healthy,
  manifest,
  ON,
  offer,
  report,
  tokens,
  WIFI,
} from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { manifestArrayMissing } from './manifest-array-missing.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(manifestArrayMissing, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('key-missing', '/Declarations/Management')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('key-missing') }] })
})

it('is only possible where the device went on', () => {
  expect(
    suspicionOf(manifestArrayMissing, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('key-missing', '/Declarations/Management')),
      fetched(ON),
      fetched(WIFI),
      report([ON, WIFI]),
    ])?.weight,
  ).toBe('possible')
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(manifestArrayMissing, healthy)).toBeNull()
})
