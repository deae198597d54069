import { expect, it } from 'vitest'
import {
  acknowledged,
  authenticate,
  fetched,
  flawed,
  healthy,
  manifest,
  ON,
  offer,
  report,
  tokens,
  tokenUpdate,
  WIFI,
} from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { allPairsAlreadyKnown } from './all-pairs-already-known.ts'

const stalled = [offer, acknowledged, tokens('t1'), manifest('t1')]

it('is likely when the record begins after the enrollment, and the manifest can be read', () => {
  const suspicion = suspicionOf(allPairsAlreadyKnown, stalled)
  expect(suspicion).toMatchObject({ weight: 'likely', decides: expect.stringContaining('ServerToken') })
  expect(suspicion?.harmless).toBeUndefined()
})

it('says that tokens look counted', () => {
  const pairs = [
    { ...ON, serverToken: 'v1-3a' },
    { ...WIFI, serverToken: 'v1-9c' },
  ]
  const { evidence } =
    suspicionOf(allPairsAlreadyKnown, [offer, acknowledged, tokens('t1'), manifest('t1', pairs)]) ?? {}
  expect(evidence?.at(-1)?.message).toContain('v1-3a')
})

it('is only possible when the manifest has mistakes', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t1', [ON, WIFI], flawed('key-unexpected'))]
  expect(suspicionOf(allPairsAlreadyKnown, said)?.weight).toBe('possible')
})

it('is proven, and nothing is wrong, when the device fetched or reported them all', () => {
  const again = [offer, acknowledged, tokens('t2'), manifest('t2')]
  expect(suspicionOf(allPairsAlreadyKnown, [...healthy, ...again])).toMatchObject({ weight: 'proven', harmless: true })
  expect(suspicionOf(allPairsAlreadyKnown, [report([ON, WIFI]), ...again])?.weight).toBe('proven')
})

it('is out of the question when the record has the whole enrollment and no fetch', () => {
  expect(suspicionOf(allPairsAlreadyKnown, [authenticate, tokenUpdate, ...stalled])).toBeNull()
  expect(suspicionOf(allPairsAlreadyKnown, [...stalled, fetched(ON)])).toBeNull()
})
