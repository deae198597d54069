import { describe, expect, it } from 'vitest'
import { encodeJson } from '../ddm/encode-json.ts'
import { decodeEnrollmentError, type EnrollmentError, encodeEnrollmentError } from './enrollment-error.ts'

const update: EnrollmentError = {
  code: 'com.apple.softwareupdate.required',
  description: 'below the minimum',
  message: 'This device has to be updated first.',
  details: { OSVersion: '27.0', BuildVersion: '24A335' },
}

const errors: readonly EnrollmentError[] = [
  update,
  { code: 'com.apple.softwareupdate.required', details: { OSVersion: '27.0' } },
  { code: 'com.apple.watch.pairing.token.missing', details: { 'security-token': 'T' } },
  { code: 'com.apple.unrecognized.device' },
  { code: 'com.apple.well-known.failed', message: 'Ask your administrator.' },
]

describe('an error of enrollment', () => {
  it.each(errors)('comes back as it was written, in both forms: $code', (error) => {
    for (const accept of ['application/json', 'application/xml']) {
      const { contentType, body } = encodeEnrollmentError(error, { accept })
      expect(contentType).toBe(accept)
      expect(decodeEnrollmentError(body, contentType)).toEqual(error)
    }
  })

  it.each([
    ['JSON unless something else is asked for', {}, 'application/json'],
    ['JSON for a signed body', { 'content-type': 'application/pkcs7-signature', accept: '*/*' }, 'application/json'],
    ['a property list for who sends one', { 'content-type': 'application/x-plist' }, 'application/xml'],
    ['what Accept names first', { accept: 'text/xml, application/json' }, 'application/xml'],
    [
      'what Accept names before what was sent',
      { accept: 'application/json', 'content-type': 'text/xml' },
      'application/json',
    ],
  ])('is %s', (_, asked, contentType) => {
    expect(encodeEnrollmentError(update, asked).contentType).toBe(contentType)
  })

  it.each([
    ['a code of somebody else', { code: 'other' }, 'error-unknown', 'code'],
    ['no code', { details: {} }, 'key-missing', 'code'],
    [
      'an update to nothing',
      { code: 'com.apple.softwareupdate.required', details: {} },
      'key-missing',
      'details.OSVersion',
    ],
    ['an update without details', { code: 'com.apple.softwareupdate.required' }, 'key-missing', 'details'],
  ])('is not read from %s', (_, json, code, at) => {
    const bytes = encodeJson(json as Parameters<typeof encodeJson>[0])
    expect(() => decodeEnrollmentError(bytes, 'application/json')).toThrow(expect.objectContaining({ code, at }))
  })

  it('is not read from more than 64 KiB', () => {
    expect(() => decodeEnrollmentError(new Uint8Array(65_537), '')).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    )
  })
})
