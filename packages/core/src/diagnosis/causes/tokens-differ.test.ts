import { expect, it } from 'vitest'
import { acknowledged, healthy, manifest, offer, ok, tokens } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { tokensDiffer } from './tokens-differ.ts'

const differing = [offer, acknowledged, tokens('t1'), manifest('t2')]

it('is likely when one attempt has two values for one state, and proven when every attempt has', () => {
  expect(suspicionOf(tokensDiffer, differing)).toMatchObject({
    weight: 'likely',
    evidence: [{ entry: 3 }, { entry: 4 }],
  })
  expect(suspicionOf(tokensDiffer, [...differing, ...differing])?.weight).toBe('proven')
})

it('is no suspicion when they were the same in another attempt: something changed between the two requests', () => {
  expect(suspicionOf(tokensDiffer, [...healthy, ...differing])).toBeNull()
})

it('is no suspicion when another manifest had what tokens said, or the device has another manifest since', () => {
  expect(suspicionOf(tokensDiffer, [...differing, { ...offer, uuid: 'c2' }, manifest('t1')])).toBeNull()
  expect(suspicionOf(tokensDiffer, [...differing, { ...offer, uuid: 'c2' }, manifest('t3')])).toBeNull()
  expect(suspicionOf(tokensDiffer, [...differing, ...differing, manifest('t3')])?.weight).toBe('proven')
})

it('looks at the token of a manifest also where nobody knows any more what it listed', () => {
  const unknown = (token: string) => ({ kind: 'declaration-items', token, answer: ok }) as const
  const attempt = [offer, acknowledged, tokens('t0'), unknown('t0')]
  expect(suspicionOf(tokensDiffer, [...attempt, ...differing])).toBeNull()
  expect(suspicionOf(tokensDiffer, [offer, acknowledged, tokens('t1'), unknown('t2')])?.weight).toBe('likely')
})

it('is no suspicion when they are the same', () => {
  expect(suspicionOf(tokensDiffer, healthy)).toBeNull()
})
