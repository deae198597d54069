import { expect, it } from 'vitest'
import { answer, authenticate, healthy, idle, tokens, tokenUpdate } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { identityRefused } from './identity-refused.ts'

it.each([401, 403])('is proven when the last answer was %i', (status) => {
  const said = [...healthy, { ...tokens('t1'), answer: answer(status) }]
  expect(suspicionOf(identityRefused, said)?.weight).toBe('proven')
})

it('stays proven after 401, for the device has left then', () => {
  const said = [{ ...idle, answer: answer(401) }, ...healthy.slice(1)]
  expect(suspicionOf(identityRefused, said)?.weight).toBe('proven')
})

it('is only possible when the device was believed later', () => {
  const refused = { ...tokenUpdate, answer: answer(400) }
  expect(suspicionOf(identityRefused, [authenticate, refused, tokenUpdate])?.weight).toBe('possible')
})

it('is no suspicion without such an answer', () => {
  expect(suspicionOf(identityRefused, healthy)).toBeNull()
})

it('is likely when somebody who said to be the device was refused, and the device was not heard of since', () => {
  const claim = { ...tokenUpdate, claimed: 3, answer: { ...answer(400), code: 'identity-mismatch' } }
  expect(suspicionOf(identityRefused, [authenticate, tokenUpdate, claim])).toMatchObject({
    weight: 'likely',
    evidence: [{ message: expect.stringContaining('identity-mismatch') }],
  })
  expect(suspicionOf(identityRefused, [authenticate, tokenUpdate, claim, idle])).toBeNull()
})
