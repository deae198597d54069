import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'

const asking = { MessageType: 'DeclarativeManagement', Endpoint: 'tokens' }

it('finds a message from nobody, and from two', () => {
  expect(codes({ plist: asking })).toEqual(['identity-malformed'])
  expect(codes({ plist: { ...asking, UDID: 'a', EnrollmentID: 'b' } })).toEqual(['identity-malformed'])
  expect(codes({ plist: { Status: 'Idle', EnrollmentID: 'b', UserID: 'c' } })).toEqual(['identity-malformed'])
})

it('takes a device, a user of a Mac, and a user enrollment', () => {
  expect(codes({ plist: { ...asking, UDID: 'a' } })).toEqual([])
  expect(codes({ plist: { ...asking, UDID: 'a', UserID: 'u', UserShortName: 's', UserLongName: 'S' } })).toEqual([])
  expect(codes({ plist: { ...asking, EnrollmentID: 'b' } })).toEqual([])
})
