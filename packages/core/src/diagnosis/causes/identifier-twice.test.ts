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
import { identifierTwice } from './identifier-twice.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(identifierTwice, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('identifier-duplicate', '/Declarations/Configurations/1/Identifier')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('identifier-duplicate') }] })
})

it('is suspected also where the device went on, for it has one of two', () => {
  expect(
    suspicionOf(identifierTwice, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1', [ON, WIFI], flawed('identifier-duplicate', '/Declarations/Configurations/1/Identifier')),
      fetched(ON),
      fetched(WIFI),
      report([ON, WIFI]),
    ])?.weight,
  ).toBe('proven')
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(identifierTwice, healthy)).toBeNull()
})
