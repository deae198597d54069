import { expect, it } from 'vitest'
import { fetched, healthy, ON } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { contentChangedUnderSameToken } from './content-changed-under-same-token.ts'

it('is proven by two contents under one ServerToken', () => {
  const said = [...healthy, fetched(ON, { content: 'edited' })]
  expect(suspicionOf(contentChangedUnderSameToken, said)).toMatchObject({
    weight: 'proven',
    evidence: [{ entry: 9 }, { entry: 12 }],
  })
})

it('is no suspicion when the ServerToken changed too, or the content did not', () => {
  const edited = { ...ON, serverToken: 'a2' }
  expect(suspicionOf(contentChangedUnderSameToken, [...healthy, fetched(edited, { content: 'edited' })])).toBeNull()
  expect(suspicionOf(contentChangedUnderSameToken, [...healthy, fetched(ON)])).toBeNull()
})
