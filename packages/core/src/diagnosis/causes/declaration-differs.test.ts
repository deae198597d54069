import { expect, it } from 'vitest'
import { acknowledged, fetched, flawed, healthy, manifest, ON, offer, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { declarationDiffers } from './declaration-differs.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(
    suspicionOf(declarationDiffers, [
      offer,
      acknowledged,
      tokens('t1'),
      manifest('t1'),
      fetched(ON),
      fetched(WIFI, {}, flawed('server-token-differs', '/ServerToken')),
    ]),
  ).toMatchObject({ weight: 'possible', evidence: [{ message: expect.stringContaining('server-token-differs') }] })
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(declarationDiffers, healthy)).toBeNull()
})
