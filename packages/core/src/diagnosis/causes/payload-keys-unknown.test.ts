import { expect, it } from 'vitest'
import { healthy, ON, report, WIFI } from '../../testing/record.ts'
import { suspicionOf } from '../../testing/suspicion-of.ts'
import { payloadKeysUnknown } from './payload-keys-unknown.ts'

const said = (code: string) => [
  ...healthy.slice(0, -1),
  report([ON, WIFI], {
    wifi: { active: false, valid: 'invalid', reasons: [{ code, description: 'as the device puts it' }] },
  }),
]

it('is what the device says itself', () => {
  expect(suspicionOf(payloadKeysUnknown, said('Error.UnknownPayloadKeys'))).toMatchObject({
    weight: 'proven',
    evidence: [{ message: 'the device says Error.UnknownPayloadKeys of wifi: as the device puts it' }],
  })
})

it('is not suspected when the device says something else, or that all is well', () => {
  expect(suspicionOf(payloadKeysUnknown, said('Error.Unknown'))).toBeNull()
  expect(suspicionOf(payloadKeysUnknown, healthy)).toBeNull()
})
