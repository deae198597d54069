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
import { bodyAltered } from './body-altered.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(bodyAltered, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('json-syntax', '')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('json-syntax') }] })
})

it('is only possible where the device went on', () => {
  expect(
    suspicionOf(bodyAltered, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('json-syntax', '')),
      fetched(ON),
      fetched(WIFI),
      report([ON, WIFI]),
    ])?.weight,
  ).toBe('possible')
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(bodyAltered, healthy)).toBeNull()
})
