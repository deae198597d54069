import { expect, it } from 'vitest'
import {
  acknowledged,
  answer,
  authenticate,
  fetched,
  healthy,
  manifest,
  ON,
  offer,
  tokens,
  WIFI,
} from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { advertisedNotFound } from './advertised-not-found.ts'

const asked = { ...WIFI, identifier: 'gone' }

it('is proven by a 404 for what the manifest lists', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1'), fetched(ON), fetched(WIFI, {}, answer(404))]
  expect(suspicionOf(advertisedNotFound, said)).toMatchObject({ weight: 'proven', evidence: [{ entry: 6 }] })
})

it('is no suspicion for what no manifest lists: that is what 404 is for', () => {
  expect(suspicionOf(advertisedNotFound, [...healthy, fetched(asked, {}, answer(404))])).toBeNull()
})

it('is no suspicion for what was asked before the manifest came, by an enrollment that is over', () => {
  const late = fetched(WIFI, {}, answer(404))
  const said = [...healthy, authenticate, offer, late, acknowledged, tokens('t1'), manifest('t1'), fetched(ON)]
  expect(suspicionOf(advertisedNotFound, said)).toBeNull()
  expect(suspicionOf(advertisedNotFound, [...said, late])).toMatchObject({ weight: 'proven' })
})
