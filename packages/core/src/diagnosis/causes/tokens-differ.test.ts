import { expect, it } from 'vitest'
import { acknowledged, healthy, manifest, offer, tokens } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { tokensDiffer } from './tokens-differ.ts'

it('is proven by two values for one state', () => {
  const said = [offer, acknowledged, tokens('t1'), manifest('t2')]
  expect(suspicionOf(tokensDiffer, said)).toMatchObject({ weight: 'proven', evidence: [{ entry: 3 }, { entry: 4 }] })
})

it('is no suspicion when they are the same', () => {
  expect(suspicionOf(tokensDiffer, healthy)).toBeNull()
})
