import { describe, expect, it } from 'vitest'
import { enrollmentOf } from '../testing/channel-of.ts'
import { particularsOf, particularsToken } from './particulars.ts'

const facts = { serialNumber: 'C02X', deviceName: 'Ada’s iPad', model: 'MQ6K2', productName: 'iPad13,1' }
const account = { name: 'ada', managedAppleAccount: 'ada@school.example.com', mode: 'adde' } as const

describe('particulars', () => {
  it('of a device are what it says of itself, and who signed in for it', () => {
    expect(particularsOf(enrollmentOf({ id: 'U', facts, account }))).toEqual({
      'account.managed-apple-account': 'ada@school.example.com',
      'account.name': 'ada',
      'device.model': 'MQ6K2',
      'device.name': 'Ada’s iPad',
      'device.product-name': 'iPad13,1',
      'device.serial-number': 'C02X',
      'device.udid': 'U',
      'enrollment.id': 'U',
    })
  })

  it('of a user are those of the device too', () => {
    const user = { channel: 'user', shape: 'mac-user', userName: 'ada', userLongName: 'Ada Lovelace' } as const
    expect(particularsOf(enrollmentOf({ id: 'M:1', device: 'M', facts: {}, ...user }))).toEqual({
      'device.udid': 'M',
      'enrollment.id': 'M:1',
      'user.long-name': 'Ada Lovelace',
      'user.short-name': 'ada',
    })
  })

  it('have no UDID where a person enrolled the device as their own', () => {
    const byod = enrollmentOf({ id: 'E', device: 'E', shape: 'user-enrollment', facts: {} })
    expect(particularsOf(byod)).toEqual({ 'enrollment.id': 'E' })
  })

  it('leave out what has no canonical form, and what no device is called', () => {
    for (const deviceName of ['', '\ud800', 'x'.repeat(1025)])
      expect(particularsOf(enrollmentOf({ id: 'U', facts: { deviceName } }))).not.toHaveProperty('device.name')
  })

  it('do not change with what a report says of the OS', () => {
    const of = (osVersion: string) => particularsToken(particularsOf(enrollmentOf({ facts: { ...facts, osVersion } })))
    expect(of('26.4')).toBe(of('27.0'))
    expect(of('26.4')).not.toBe(particularsToken(particularsOf(enrollmentOf({ facts: {} }))))
  })
})
