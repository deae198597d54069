import { describe, expect, it } from 'vitest'
import { allowedAddresses } from './allowed-address.ts'

const isAllowed = allowedAddresses([])

describe('a webhook', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::1',
    'fe80::1',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
    '0.0.0.0',
    '::',
    '::ffff:0:0',
    '224.0.0.1',
    '255.255.255.255',
    'ff02::1',
  ])('does not go to %s', (address) => {
    expect(isAllowed(address)).toBe(false)
  })

  it.each(['127.0.0.1', '::1', '10.1.2.3', '192.168.1.9', '172.16.0.1', '203.0.113.7', '2001:db8::1', 'fd12:3456::1'])(
    'goes to %s',
    (address) => {
      expect(isAllowed(address)).toBe(true)
    },
  )

  it('goes where it is allowed to, and only there', () => {
    const some = allowedAddresses(['169.254.10.0/24', 'fe80::/64'])
    expect(['169.254.10.7', 'fe80::1', '169.254.169.254'].map(some)).toEqual([true, true, false])
    expect(() => allowedAddresses(['nowhere'])).toThrow(RangeError)
  })
})
