import { describe, expect, it } from 'vitest'
import { isAboutCertificate, pushVerdict } from './verdict.ts'

const said = (status: number, reason: string | null = null, timestamp: number | null = null) =>
  pushVerdict({ status, reason, timestamp, retryAfter: null })

it('a connection that ends for BadCertificate ends for every other one too, and one for Shutdown does not', () => {
  expect(['BadCertificate', 'Forbidden', 'Shutdown', null].map(isAboutCertificate)).toEqual([true, true, false, false])
})

describe('what a push service answers', () => {
  it('200 is accepted', () => {
    expect(said(200)).toEqual({ kind: 'accepted' })
  })

  it.each(['Unregistered', 'ExpiredToken'])('410 %s retires the token, since when it says', (reason) => {
    expect(said(410, reason, 5000)).toEqual({ kind: 'retire', reason, since: 5000 })
    expect(said(410, reason)).toEqual({ kind: 'retire', reason, since: null })
  })

  it.each([
    [400, 'BadDeviceToken', 'token'],
    [400, 'DeviceTokenNotForTopic', 'token'],
    [400, 'TopicDisallowed', 'certificate'],
    [400, 'BadTopic', 'certificate'],
    [400, 'MissingTopic', 'certificate'],
    [403, 'BadCertificate', 'certificate'],
    [403, 'BadCertificateEnvironment', 'certificate'],
    [403, 'Forbidden', 'certificate'],
    [403, 'SomethingNew', 'certificate'],
    [0, 'tls-refused', 'certificate'],
    [0, 'tls-untrusted', 'certificate'],
    [400, 'PayloadEmpty', 'request'],
    [400, 'BadExpirationDate', 'request'],
    [400, 'SomethingNew', 'request'],
    [404, 'BadPath', 'request'],
    [405, 'MethodNotAllowed', 'request'],
    [413, 'PayloadTooLarge', 'request'],
    [302, 'status-302', 'request'],
  ] as const)('%i %s is refused, and is about the %s', (status, reason, cause) => {
    expect(said(status, reason)).toEqual({ kind: 'refused', reason, cause })
  })

  it.each([
    [429, 'TooManyRequests'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
    [503, 'Shutdown'],
    [400, 'IdleTimeout'],
  ])('%i %s is to be tried again', (status, reason) => {
    expect(said(status, reason)).toEqual({ kind: 'again', reason, after: null })
  })

  it('nothing is to be tried again', () => {
    expect(said(0)).toEqual({ kind: 'again', reason: 'no-answer', after: null })
  })

  it('Retry-After is kept', () => {
    expect(pushVerdict({ status: 429, reason: null, timestamp: null, retryAfter: 7000 })).toEqual({
      kind: 'again',
      reason: 'status-429',
      after: 7000,
    })
  })
})
