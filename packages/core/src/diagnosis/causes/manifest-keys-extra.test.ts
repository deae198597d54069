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
import { manifestKeysExtra } from './manifest-keys-extra.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(manifestKeysExtra, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('key-unexpected', '/Declarations/Activations/0/Type')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('key-unexpected') }] })
})

it('is only possible where the device went on', () => {
  expect(
    suspicionOf(manifestKeysExtra, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('key-unexpected', '/Declarations/Activations/0/Type')),
      fetched(ON),
      fetched(WIFI),
      report([ON, WIFI]),
    ])?.weight,
  ).toBe('possible')
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(manifestKeysExtra, healthy)).toBeNull()
})
