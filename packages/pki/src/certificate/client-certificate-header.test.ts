import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../base64.ts'
import { codeOf } from '../testing/code-of.ts'
import { vectorCertificate } from '../testing/vector.ts'
import { readClientCertHeader, readEscapedCertHeader } from './client-certificate-header.ts'
import { encodePem } from './pem.ts'

const { der, fingerprint } = vectorCertificate('rsa')
const base64 = encodeBase64(der)
const pem = encodePem(der, 'CERTIFICATE')

describe('Client-Cert (RFC 9440)', () => {
  it('carries a certificate', () => {
    expect(readClientCertHeader(`:${base64}:`).fingerprint).toBe(fingerprint)
  })

  it.each([
    ['no colons', base64],
    ['one colon', `:${base64}`],
    ['two header fields joined', `:${base64}:, :${base64}:`],
    ['parameters', `:${base64}:;a=1`],
    ['blanks around', ` :${base64}: `],
    ['blanks inside', `:${base64.slice(0, 8)} ${base64.slice(8)}:`],
    ['nothing', '::'],
    ['a colon', ':'],
    ['no text', ''],
    ['more than a header holds', `:${'A'.repeat(40_000)}:`],
    ['something behind the certificate', `:${encodeBase64(Buffer.concat([der, Buffer.of(5, 0)]))}:`],
    ['the letters of URLs', `:${base64.replaceAll('+', '-').replaceAll('/', '_')}:`],
  ])('is refused with %s', (_, value) => {
    expect(codeOf(() => readClientCertHeader(value))).toMatch(/^(header|base64|trailing)$/)
  })
})

describe("nginx's escaped certificate", () => {
  it('carries a certificate', () => {
    expect(readEscapedCertHeader(encodeURIComponent(pem)).fingerprint).toBe(fingerprint)
    expect(readEscapedCertHeader(encodeURIComponent(pem.trim())).fingerprint).toBe(fingerprint)
  })

  it.each([
    ['two certificates', encodeURIComponent(pem + pem)],
    ['something in front', encodeURIComponent(`x${pem}`)],
    ['something behind', encodeURIComponent(`${pem}x`)],
    ['another block', encodeURIComponent(pem.replaceAll('CERTIFICATE', 'PUBLIC KEY'))],
    ['broken escapes', `${encodeURIComponent(pem)}%2`],
    ['line ends that are not escaped', pem],
    ['no text', ''],
    ['a block without a certificate', encodeURIComponent(pem.replace(base64.slice(0, 20), 'AAAA'.repeat(5)))],
  ])('is refused with %s', (_, value) => {
    expect(codeOf(() => readEscapedCertHeader(value))).toBeDefined()
  })
})
