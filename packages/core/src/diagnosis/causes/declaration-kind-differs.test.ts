import { expect, it } from 'vitest'
import { acknowledged, fetched, flawed, healthy, manifest, ON, offer, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { declarationKindDiffers } from './declaration-kind-differs.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(declarationKindDiffers, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1'),
      fetched(ON),
      fetched(WIFI, {}, flawed('kind-differs', '/Type')),
    ]),
  ).toMatchObject({ weight: 'proven', evidence: [{ message: expect.stringContaining('kind-differs') }] })
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(declarationKindDiffers, healthy)).toBeNull()
})
