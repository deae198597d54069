import { expect, it } from 'vitest'
import {
  acknowledged,
  answer,
  fetched,
  healthy,
  manifest,
  ON,
  offer,
  report,
  tokens,
  WIFI,
} from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { answerFailed } from './answer-failed.ts'

it.each([400, 500, 503])('is proven by %i to a request of declarative management', (status) => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1'), fetched(ON, {}, answer(status))]
  expect(suspicionOf(answerFailed, said)).toMatchObject({ weight: 'proven', evidence: [{ entry: 5 }] })
})

it('is over when a later attempt went well', () => {
  const failed = [offer, acknowledged, tokens('t1', answer(500))]
  expect(suspicionOf(answerFailed, [...failed, ...healthy.slice(4)])).toBeNull()
})

it('is no suspicion for 404, nor for a report', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1'), fetched(ON, {}, answer(404))]
  expect(suspicionOf(answerFailed, said)).toBeNull()
  expect(suspicionOf(answerFailed, [...healthy, report([ON, WIFI], {}, answer(500))])).toBeNull()
})
