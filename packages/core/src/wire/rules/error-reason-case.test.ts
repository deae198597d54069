import { expect, it } from 'vitest'
import { codes, found } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds small letters in Errors, and capitals inside an item', () => {
  const Errors = [{ StatusItem: 'test.error-value', Reasons: [{ code: 'Error.Unknown' }] }]
  expect(found('error-reason-case', json({ ...sound.status, Errors }))).toEqual(['/Errors/0/Reasons/0/code 12:11'])
  const StatusItems = { mdm: { app: [{ identifier: 'a', state: 'failed', reasons: [{ Code: 'Error.Unknown' }] }] } }
  expect(found('error-reason-case', json({ StatusItems, Errors: [] }))).toHaveLength(1)
})

it('takes each where it belongs', () => {
  const Errors = [{ StatusItem: 'test.error-value', Reasons: [{ Code: 'Error.Unknown' }] }]
  expect(codes(json({ ...sound.status, Errors }))).toEqual([])
})
