import { expect, it } from 'vitest'
import { acknowledged, answer, fetched, healthy, manifest, offer, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { identifierUnmatched } from './identifier-unmatched.ts'

const odd = { ...WIFI, identifier: 'Wi-Fi/Büro 1' }

it('is proven when an unusual identifier is not found', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1', [odd]), fetched(odd, {}, answer(404))]
  expect(suspicionOf(identifierUnmatched, said)).toMatchObject({
    weight: 'proven',
    evidence: [{ message: 'Wi-Fi/Büro 1 was answered 404' }],
  })
})

it('is no suspicion when it was found, or is a usual one', () => {
  expect(suspicionOf(identifierUnmatched, [manifest('t1', [odd]), fetched(odd)])).toBeNull()
  expect(suspicionOf(identifierUnmatched, [...healthy, fetched(WIFI, {}, answer(404))])).toBeNull()
})
