import { describe, expect, it } from 'vitest'
import { verifyChain } from '../certificate/verify-chain.ts'
import { octetString, oid } from '../der/writer.ts'
import { codeOf } from '../testing/code-of.ts'
import { authority, device, noon } from '../testing/people.ts'
import { vector, vectorCertificate, vectorText } from '../testing/vector.ts'
import { attributeTypes } from './content-type.ts'
import { createSignedData } from './create-signed-data.ts'
import { type VerifyOptions, verifySignedData } from './verify-signed-data.ts'

const content = Buffer.from(vectorText('content.txt'))
/** While the vectors are valid, whatever the clock of this machine says. */
const now = Date.UTC(2100, 0)

function trusted(options: VerifyOptions = {}): VerifyOptions {
  const roots = [vectorCertificate('root')]
  return { ...options, accept: (signer, intermediates) => verifyChain(signer, { roots, intermediates, now }) }
}

describe('CMS signed data of openssl', () => {
  it.each([
    ['rsa-sha256', 'rsa'],
    ['rsa-sha512', 'rsa'],
    ['pss-sha256', 'rsa'],
    ['ec-sha384', 'ec'],
    ['key-identifier', 'ec'],
    ['streamed', 'ec'],
  ])('is verified: %s, attached', (name, signer) => {
    const verified = verifySignedData(vector(`signed-${name}-attached`), trusted())
    expect(verified.content).toEqual(Uint8Array.from(content))
    expect(verified.signer.fingerprint).toBe(vectorCertificate(signer).fingerprint)
    expect(verified.signingTime).toBeGreaterThan(Date.UTC(2026, 0))
  })

  it.each(['rsa-sha256', 'ec-sha256'])('is verified: %s, detached', (name) => {
    const bytes = vector(`signed-${name}-detached`)
    expect(verifySignedData(bytes, trusted({ detached: content })).content).toBe(content)
    expect(codeOf(() => verifySignedData(bytes, trusted()))).toBe('content-missing')
    expect(codeOf(() => verifySignedData(bytes, trusted({ detached: Buffer.from('Other') })))).toBe('digest-wrong')
    expect(codeOf(() => verifySignedData(bytes, trusted({ detached: new Uint8Array() })))).toBe('digest-wrong')
  })

  it('is taken with SHA-1 only where that is allowed', () => {
    const bytes = vector('signed-rsa-sha1-attached')
    expect(codeOf(() => verifySignedData(bytes))).toBe('algorithm-weak')
    expect(verifySignedData(bytes, trusted({ sha1: true })).digest).toBe('sha1')
  })

  it('is refused without signed attributes, which alone say what was signed', () => {
    expect(codeOf(() => verifySignedData(vector('signed-without-attributes-attached')))).toBe('attribute-missing')
  })

  it('has one acceptable signer, or nobody knows who speaks', () => {
    const bytes = vector('signed-two-signers-attached')
    expect(codeOf(() => verifySignedData(bytes))).toBe('signer-ambiguous')
    const roots = [vectorCertificate('root')]
    // Without the authority between, only one of the two has a path to the root.
    const one = verifySignedData(bytes, { accept: (signer) => verifyChain(signer, { roots, now }) })
    expect(one.signer.fingerprint).toBe(vectorCertificate('ec').fingerprint)
    const nobody = () => verifySignedData(bytes, { accept: (signer) => verifyChain(signer, { roots: [], now }) })
    expect(codeOf(nobody)).toBe('chain-untrusted')
  })

  it('is refused with content of its own beside the given, unless both are the same and that is allowed', () => {
    const bytes = vector('signed-rsa-sha256-attached')
    expect(codeOf(() => verifySignedData(bytes, { detached: content }))).toBe('content-attached')
    expect(verifySignedData(bytes, { detached: content, attachedToo: true }).content).toBe(content)
    const other = () => verifySignedData(bytes, { detached: Buffer.from('Other'), attachedToo: true })
    expect(codeOf(other)).toBe('content-attached')
  })
})

describe('CMS signed data', async () => {
  const by = await authority('Authority')
  const signer = await device(by, 'Device')
  const stranger = await device(by, 'Stranger')

  it('says what was signed, and when', () => {
    const attributes = [{ oid: '1.2.3.4', value: octetString(Uint8Array.of(7)) }]
    const bytes = createSignedData(content, { signer, signingTime: noon, attributes })
    const verified = verifySignedData(bytes)
    expect(verified).toMatchObject({ signingTime: noon, digest: 'sha256' })
    expect(verified.signedAttributes.get('1.2.3.4')).toEqual([octetString(Uint8Array.of(7))])
    expect(verified.certificates.map((one) => one.fingerprint)).toEqual([signer.certificate.fingerprint])
  })

  it.each(['sha256', 'sha384', 'sha512'] as const)('is signed with %s', (digest) => {
    expect(verifySignedData(createSignedData(content, { signer, digest })).digest).toBe(digest)
  })

  it('finds the signer by name and number, also among certificates that did not come along', () => {
    const bytes = createSignedData(content, { signer, certificates: [by.certificate, signer.certificate] })
    expect(verifySignedData(bytes).certificates).toHaveLength(2)
  })

  it('is of the type that the reader expects, inside and in the attributes', () => {
    const bytes = createSignedData(content, { signer, contentType: '1.2.840.113549.1.9.16.1.4' })
    expect(codeOf(() => verifySignedData(bytes))).toBe('content-type')
    expect(verifySignedData(bytes, { contentType: '1.2.840.113549.1.9.16.1.4' }).content).toEqual(
      Uint8Array.from(content),
    )
    // The same length, so that one replaces the other: data for encrypted data in front, while the attributes stay.
    const swapped = replaceFirst(
      createSignedData(content, { signer }),
      oid('1.2.840.113549.1.7.1'),
      oid('1.2.840.113549.1.7.6'),
    )
    expect(codeOf(() => verifySignedData(swapped))).toBe('content-type')
    expect(codeOf(() => verifySignedData(swapped, { contentType: '1.2.840.113549.1.7.6' }))).toBe('content-type')
  })

  it('is refused when an attribute stands twice', () => {
    const attributes = [{ oid: attributeTypes.messageDigest, value: octetString(new Uint8Array(32)) }]
    expect(codeOf(() => verifySignedData(createSignedData(content, { signer, attributes })))).toBe('attribute-twice')
  })

  it('is refused under the certificate of somebody else', () => {
    const mixed = { certificate: stranger.certificate, privateKey: signer.privateKey }
    expect(codeOf(() => createSignedData(content, { signer: mixed }))).toBe('key-mismatch')
    const bytes = createSignedData(content, { signer })
    const own = signer.certificate.der
    const forged = replaceFirst(bytes, own, stranger.certificate.der)
    if (own.length === stranger.certificate.der.length) {
      expect(codeOf(() => verifySignedData(forged))).toBe('certificate-missing')
    }
  })
})

function replaceFirst(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const at = Buffer.from(bytes).indexOf(from)
  return Buffer.concat([bytes.subarray(0, at), to, bytes.subarray(at + from.length)])
}
