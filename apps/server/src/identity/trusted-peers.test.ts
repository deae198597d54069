import { describe, expect, it } from 'vitest'
import { trustedPeers } from './trusted-peers.ts'

describe('trusted peers', () => {
  const isTrusted = trustedPeers(['10.1.0.0/16', '192.0.2.7', 'fd00::/8', '::1'])

  it.each([
    '10.1.0.1',
    '10.1.255.255',
    '192.0.2.7',
    'fd12::1',
    '::1',
    '::ffff:10.1.0.1',
    '::FFFF:192.0.2.7',
    'fd00::1%eth0',
  ])('%s is one', (address) => {
    expect(isTrusted(address)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'localhost',
    '10.2.0.1',
    '192.0.2.8',
    'fe80::1',
    '::2',
    '::ffff:10.2.0.1',
    '10.1.0.1, 10.2.0.1',
    '::ffff:10.1.0.1.5',
    '64:ff9b::10.1.0.1',
  ])('%s is none', (address) => {
    expect(isTrusted(address)).toBe(false)
  })

  it.each([
    '',
    'proxy.example',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0/8',
    ' ::1',
  ])('says that %j is no network', (network) => {
    expect(() => trustedPeers(['127.0.0.1', network])).toThrow(RangeError)
  })

  it('trusts nobody when nobody is named', () => {
    expect(trustedPeers([])('127.0.0.1')).toBe(false)
  })
})
