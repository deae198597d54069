import { decodePlist } from '@edict/protocol'
import { expect, it } from 'vitest'
import { binaryPlist } from './binary-plist.ts'

it('a binary property list is read as what was written', () => {
  const message = { MessageType: 'DeclarativeManagement', UDID: 'x'.repeat(60), Endpoint: 'tokens', A: '' }
  expect(decodePlist(binaryPlist({ ...message, EnrollmentID: undefined }))).toEqual(message)
})
