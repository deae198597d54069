import { expect, it } from 'vitest'
import { asExpected, configured } from './as-expected.ts'
import { authenticate } from './authenticate.ts'

const device = (ProductName: string) =>
  authenticate(
    { id: 'A', device: 'A', channel: 'device', shape: 'device' },
    { MessageType: 'Authenticate', UDID: 'A', Topic: 'com.apple.mgmt.x', ProductName },
    undefined,
  )

it('a device that enrolls as expected waits, and is a Shared iPad, before it says so', () => {
  const begun = asExpected(device('iPad16,3'), { awaits: true, shared: true })
  expect(begun).toMatchObject({ awaitingConfiguration: true, facts: { sharedIPad: true } })
  expect(configured(begun).awaitingConfiguration).toBe(false)
})

it('a device of which nothing is expected is as it says; only an iPad can be shared', () => {
  const plain = device('iPad16,3')
  expect(asExpected(plain, { awaits: false, shared: false })).toEqual(plain)
  expect(configured(plain)).toBe(plain)
  expect(asExpected(device('Mac16,1'), { awaits: false, shared: true }).facts.sharedIPad).toBeUndefined()
})
