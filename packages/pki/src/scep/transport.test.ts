import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../base64.ts'
import { codeOf } from '../testing/code-of.ts'
import { vectorCertificate } from '../testing/vector.ts'
import { readAuthorityCertificates, writeAuthorityCertificates } from './authority-certificates.ts'
import { readScepCapabilities, writeScepCapabilities } from './capabilities.ts'
import { readPkiOperationQuery } from './pki-operation-query.ts'

describe('GetCACaps', () => {
  it('offers what devices look for', () => {
    const offered = readScepCapabilities(writeScepCapabilities())
    for (const word of ['AES', 'POSTPKIOperation', 'Renewal', 'SCEPStandard', 'SHA-256'])
      expect(offered).toContain(word)
    for (const word of ['SHA-1', 'DES3', 'GetNextCACert']) expect(offered).not.toContain(word)
  })

  it('is read with any line ends', () => {
    expect([...readScepCapabilities('AES\r\nSHA-256\n\n Renewal ')]).toEqual(['AES', 'SHA-256', 'Renewal'])
  })
})

describe('GetCACert', () => {
  const [one, two] = [vectorCertificate('root'), vectorCertificate('middle')]

  it('answers with the authority, or with an agent and those above it', () => {
    const alone = writeAuthorityCertificates([one])
    expect(alone.contentType).toBe('application/x-x509-ca-cert')
    expect(readAuthorityCertificates(alone.contentType, alone.body)[0]?.fingerprint).toBe(one.fingerprint)
    const both = writeAuthorityCertificates([two, one])
    expect(both.contentType).toBe('application/x-x509-ca-ra-cert')
    const found = readAuthorityCertificates(`${both.contentType}; charset=binary`, both.body)
    expect(found.map((each) => each.fingerprint)).toEqual([two.fingerprint, one.fingerprint])
  })

  it('is not read from another media type', () => {
    expect(codeOf(() => readAuthorityCertificates('text/html', one.der))).toBe('media-type')
  })
})

describe('PKIOperation by GET', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  const base64 = encodeBase64(bytes)

  it.each([
    ['escaped', encodeURIComponent(base64)],
    ['as macOS sends it', base64],
    ['without padding', base64.replace(/=+$/, '')],
    ['with blanks for plus signs', base64.replaceAll('+', ' ').replaceAll(' ', '%20')],
  ])('takes the message %s', (_, text) => {
    expect(readPkiOperationQuery(`operation=PKIOperation&message=${text}`)).toEqual(bytes)
  })

  it.each([
    'operation=PKIOperation',
    'message=AA==&message=AA==',
    'message=',
    'message=%',
    'message=!!!!',
    'message=A',
  ])('refuses %j', (query) => {
    expect(codeOf(() => readPkiOperationQuery(query))).toMatch(/^(query|base64)$/)
  })
})
