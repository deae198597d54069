import { expect, it } from 'vitest'
import { acknowledged, fetched, flawed, healthy, manifest, ON, offer, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { predicateMisplaced } from './predicate-misplaced.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(predicateMisplaced, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1'),
      fetched(ON),
      fetched(WIFI, {}, flawed('predicate-misplaced', '/Predicate')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('predicate-misplaced') }] })
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(predicateMisplaced, healthy)).toBeNull()
})
