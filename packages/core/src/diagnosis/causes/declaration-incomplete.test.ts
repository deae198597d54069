import { expect, it } from 'vitest'
import { acknowledged, fetched, flawed, healthy, manifest, ON, offer, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { declarationIncomplete } from './declaration-incomplete.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(declarationIncomplete, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1'),
      fetched(ON),
      fetched(WIFI, {}, flawed('key-missing', '/ServerToken')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('key-missing') }] })
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(declarationIncomplete, healthy)).toBeNull()
})
