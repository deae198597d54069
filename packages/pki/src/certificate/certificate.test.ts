import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PkiError } from '../pki-error.ts'
import { codeOf, laterCodeOf } from '../testing/code-of.ts'
import { craft } from '../testing/people.ts'
import { vectorCertificate } from '../testing/vector.ts'
import { readCertificate, serialNumber } from './certificate.ts'
import { rememberCertificates } from './certificate-cache.ts'
import { isSelfSigned } from './is-self-signed.ts'
import { commonName, encodeName, nameValues } from './name.ts'

describe('a certificate', () => {
  const certificate = vectorCertificate('rsa')

  it('says what OpenSSL finds in it', () => {
    const { x509 } = certificate
    expect(certificate.fingerprint).toBe(x509.fingerprint256.replaceAll(':', '').toLowerCase())
    expect(serialNumber(certificate)).toBe(x509.serialNumber.toLowerCase())
    expect(certificate.notBefore).toBe(x509.validFromDate.getTime())
    expect(certificate.notAfter).toBe(x509.validToDate.getTime())
    expect(commonName(certificate.subject)).toBe('Vector RSA')
    expect(commonName(certificate.issuer)).toBe('Vector Middle')
    expect(certificate.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
    expect(certificate.keyUsage).toEqual(new Set(['digitalSignature', 'keyEncipherment']))
    expect(certificate.basicConstraints).toEqual({ authority: false, pathLength: undefined })
    expect(vectorCertificate('middle').basicConstraints).toEqual({ authority: true, pathLength: 0 })
  })

  it('is self-signed only with its own name and its own key', () => {
    expect(isSelfSigned(vectorCertificate('root'))).toBe(true)
    expect(isSelfSigned(certificate)).toBe(false)
  })

  it('has an end, and nothing behind it', () => {
    expect(codeOf(() => readCertificate(Buffer.concat([certificate.der, Buffer.of(0)])))).toBe('trailing')
    for (let length = 0; length < certificate.der.length; length++) {
      expect(() => readCertificate(certificate.der.subarray(0, length))).toThrow(PkiError)
    }
    expect(codeOf(() => readCertificate(new Uint8Array(70_000)))).toBe('certificate-size')
  })

  it('names one signature algorithm, the same inside and outside', () => {
    const forged = Buffer.from(certificate.der)
    // sha256WithRSAEncryption, the last time: outside of what is signed. 0b becomes 0c, SHA-384.
    const at = forged.lastIndexOf(Buffer.from('2a864886f70d01010b', 'hex'))
    forged[at + 8] = 0x0c
    expect(codeOf(() => readCertificate(forged))).toBe('certificate')
  })

  it('has no extension twice: which one would count?', async () => {
    const extension = { oid: '1.2.3.4', critical: false, value: Uint8Array.of(5, 0) }
    expect(await laterCodeOf(() => craft({ name: 'Twice', extensions: [extension, extension] }))).toBe(
      'extension-twice',
    )
  })

  it('is read once while it is remembered, and the oldest is forgotten first', () => {
    const read = rememberCertificates(1)
    const first = read(certificate.der)
    expect(read(Uint8Array.from(certificate.der))).toBe(first)
    read(vectorCertificate('ec').der)
    expect(read(certificate.der)).not.toBe(first)
  })
})

describe('a name', () => {
  it('comes back', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 16, unit: 'grapheme' }), (value) => {
        fc.pre(Buffer.byteLength(value) <= 64 && !value.includes('\0'))
        const name = encodeName([
          { type: 'O', value: 'School' },
          { type: 'CN', value },
        ])
        expect(commonName(name)).toBe(value)
        expect(nameValues(name, 'O')).toEqual(['School'])
      }),
    )
  })

  it.each([
    ['more than 64 octets, which macOS would cut', 'CN', 'é'.repeat(33)],
    ['nothing', 'CN', ''],
    ['a null, where some readers stop', 'CN', 'a\0b'],
    ['half a character', 'CN', '\ud800'],
    ['a country that is none', 'C', 'Germany'],
    ['a serial number with other signs', 'serialNumber', 'ü'],
  ] as const)('is not written with %s', (_, type, value) => {
    expect(codeOf(() => encodeName([{ type, value }]))).toBe('name')
  })
})
