import { expect, it } from 'vitest'
import { acknowledged, flawed, healthy, manifest, offer, tokens } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { keysMisspelt } from './keys-misspelt.ts'

it('is suspected where the device stopped at such a message', () => {
  expect(suspicionOf(keysMisspelt, [offer, acknowledged, tokens('t1', flawed('wrapper-missing', ''))])).toMatchObject({
    weight: 'proven',
    evidence: [{ message: expect.stringContaining('wrapper-missing') }],
  })
})

it('is only possible where the device went on', () => {
  expect(
    suspicionOf(keysMisspelt, [offer, acknowledged, tokens('t1', flawed('wrapper-missing', '')), manifest('t1')])
      ?.weight,
  ).toBe('possible')
})

it('is not suspected without the mistake', () => {
  expect(suspicionOf(keysMisspelt, healthy)).toBeNull()
})
