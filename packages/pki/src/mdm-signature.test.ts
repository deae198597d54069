import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeBase64 } from './base64.ts'
import { rememberCertificates } from './certificate/certificate-cache.ts'
import { createSignedData } from './cms/create-signed-data.ts'
import { createMdmSignature, type MdmSignatureOptions, verifyMdmSignature } from './mdm-signature.ts'
import { codeOf } from './testing/code-of.ts'
import { authority, craft, device, noon } from './testing/people.ts'
import { vector, vectorCertificate, vectorText } from './testing/vector.ts'

describe('Mdm-Signature', async () => {
  const by = await authority('Edict')
  const ipad = await device(by, 'iPad')
  const body = Buffer.from('<plist><dict/></plist>')
  const trust: MdmSignatureOptions = { roots: [by.certificate], now: noon }
  const judge = (header: string, options: Partial<MdmSignatureOptions> = {}, over: Uint8Array = body) =>
    codeOf(() => verifyMdmSignature(header, over, { ...trust, ...options }))

  it('says which certificate signed this very body', () => {
    const { certificate, signingTime } = verifyMdmSignature(createMdmSignature(body, ipad, noon), body, trust)
    expect(certificate.fingerprint).toBe(ipad.certificate.fingerprint)
    expect(signingTime).toBe(noon)
  })

  it('signs an empty body where a request has none', () => {
    const header = createMdmSignature(new Uint8Array(), ipad, noon)
    expect(judge(header, {}, new Uint8Array())).toBeUndefined()
    expect(judge(header)).toBe('digest-wrong')
  })

  it('does not fit another body', () => {
    expect(judge(createMdmSignature(Buffer.from('<plist/>'), ipad, noon))).toBe('digest-wrong')
  })

  it('is refused from whom no root stands behind', async () => {
    const other = await authority('Edict')
    expect(judge(createMdmSignature(body, await device(other, 'iPad'), noon))).toBe('chain-untrusted')
    expect(judge(createMdmSignature(body, await craft({ name: 'iPad' }), noon))).toBe('chain-untrusted')
  })

  it('is refused from certificates for other things, the authority among them', async () => {
    expect(judge(createMdmSignature(body, by, noon))).toBe('certificate-purpose')
    expect(judge(createMdmSignature(body, await craft({ name: 'Server', by }), noon))).toBe('certificate-purpose')
  })

  it('is refused before and after the certificate is valid, whatever the device says of the time', () => {
    const header = createMdmSignature(body, ipad, noon)
    expect(judge(header, { now: ipad.certificate.notAfter + 1 })).toBe('certificate-expired')
    expect(judge(header, { now: ipad.certificate.notBefore - 1 })).toBe('certificate-not-yet-valid')
  })

  it('carries no content, unless that is tolerated and the same', () => {
    const header = encodeBase64(createSignedData(body, { signer: ipad }))
    expect(judge(header)).toBe('content-attached')
    expect(judge(header, { attached: true })).toBeUndefined()
    expect(judge(header, { attached: true }, Buffer.from('other'))).toBe('content-attached')
  })

  it('is made with SHA-1 only where that is tolerated', () => {
    const roots = [vectorCertificate('root')]
    const header = encodeBase64(vector('signed-rsa-sha1-attached'))
    const content = Buffer.from(vectorText('content.txt'))
    const options = { roots, attached: true, now: vectorCertificate('rsa').notBefore }
    expect(judge(header, options, content)).toBe('algorithm-weak')
    expect(judge(header, { ...options, sha1: true }, content)).toBeUndefined()
  })

  it.each(['', ' ', 'AA==', 'not base64', ':AA==:', '\u0000', 'A'.repeat(40_000)])('is refused as %j', (header) => {
    expect(judge(header)).toBeDefined()
  })

  it('is verified the same with certificates remembered', () => {
    const read = rememberCertificates(4)
    const header = createMdmSignature(body, ipad, noon)
    for (let time = 0; time < 3; time++) {
      expect(judge(header, { read })).toBeUndefined()
      expect(judge(header, { read, now: ipad.certificate.notAfter + 1 })).toBe('certificate-expired')
      expect(judge(header, { read, roots: [] })).toBe('chain-untrusted')
    }
  })

  it('is also made with RSA', () => {
    const signer = { certificate: vectorCertificate('rsa'), privateKey: createPrivateKey(vectorText('rsa-key.pem')) }
    const roots = [vectorCertificate('middle')]
    expect(judge(createMdmSignature(body, signer, noon), { roots, now: signer.certificate.notBefore })).toBeUndefined()
  })
})
