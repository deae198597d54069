import { expect, it } from 'vitest'
import { markAcknowledged, markSent, nothingReported, objectsChange } from './reported.ts'

const MAIL = 'account.list.mail.incoming'

it('an array that is empty is sent until it is acknowledged, and then no more', () => {
  const reported = nothingReported()
  const first = objectsChange(MAIL, [], reported, false)
  expect(first).toMatchObject({ item: MAIL, current: [], gone: [] })
  const changes = first === undefined ? [] : [first]
  markSent(changes, reported)
  expect(objectsChange(MAIL, [], reported, false)).toEqual(first)
  markAcknowledged(changes, reported, false)
  expect(objectsChange(MAIL, [], reported, false)).toBeUndefined()
})

it('an object whose report was not acknowledged is sent again, and taken back when it went meanwhile', () => {
  const reported = nothingReported()
  const change = objectsChange(MAIL, [{ identifier: 'a' }], reported, false)
  markSent(change === undefined ? [] : [change], reported)
  expect(objectsChange(MAIL, [{ identifier: 'a' }], reported, false)).toEqual(change)
  expect(objectsChange(MAIL, [], reported, false)).toMatchObject({ current: [], gone: ['a'] })
})
