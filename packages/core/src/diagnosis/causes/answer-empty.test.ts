import { expect, it } from 'vitest'
import { acknowledged, answer, healthy, ON, offer, report, tokens, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { answerEmpty } from './answer-empty.ts'

it.each([
  [204, 0],
  [304, 0],
  [200, 0],
])('is proven by %i with %i octets where JSON is due', (status, length) => {
  const said = [offer, acknowledged, tokens('t1', answer(status, length))]
  expect(suspicionOf(answerEmpty, said)?.weight).toBe('proven')
})

it('is no suspicion for a report: there an empty body is right', () => {
  expect(suspicionOf(answerEmpty, [...healthy, report([ON, WIFI], {}, answer(200))])).toBeNull()
})
