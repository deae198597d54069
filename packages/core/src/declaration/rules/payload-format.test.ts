import type { Json } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { draftOf } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { payloadFormat } from './payload-format.ts'

const of = (type: string, payload: { [key: string]: Json }) =>
  payloadProblems(payloadFormat, draftOf('x', `com.apple.${type}`, payload))

it('refuses a URL without TLS where Apple asks for it, and offers the other', () => {
  expect(of('configuration.legacy', { ProfileURL: 'http://example.com/a' })).toMatchObject([
    {
      code: 'payload-format',
      severity: 'error',
      at: '/Payload/ProfileURL',
      remedy: 'write https://example.com/a',
    },
  ])
  expect(of('asset.data', { Reference: { DataURL: 'example.com' } })).toMatchObject([
    { at: '/Payload/Reference/DataURL' },
  ])
  expect(of('configuration.legacy', { ProfileURL: 'https://example.com/a' })).toEqual([])
})

describe('the time of an enforced update', () => {
  const at = (TargetLocalDateTime: string) =>
    of('configuration.softwareupdate.enforcement.specific', { TargetLocalDateTime })

  it('is local: without zone, without fractions, and on a day that there is', () => {
    expect(at('2026-01-31T18:00:00')).toEqual([])
    expect(at('2026-01-31T18:00:00Z')[0]?.remedy).toBe('write 2026-01-31T18:00:00')
    expect(at('2026-01-31 18:00:00.5')[0]?.remedy).toBe('write 2026-01-31T18:00:00')
    expect(at('2026-02-31T18:00:00')).toHaveLength(1)
    expect(at('tomorrow')).toHaveLength(1)
  })
})

it('refuses what is no Base64 text where data is asked for', () => {
  const ppk = (PPK: string) =>
    of('configuration.network.vpn.ikev2', { PostQuantumKeyExchange: { PPK, PPKIdentifier: 'a' } })
  expect(ppk('QUJD')).toEqual([])
  expect(ppk('ABC')).toMatchObject([{ at: '/Payload/PostQuantumKeyExchange/PPK', expected: 'Base64 text' }])
})
