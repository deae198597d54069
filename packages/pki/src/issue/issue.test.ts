import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { commonName } from '../certificate/name.ts'
import { verifyChain } from '../certificate/verify-chain.ts'
import { codeOf, laterCodeOf } from '../testing/code-of.ts'
import { authority, noon } from '../testing/people.ts'
import { createAuthority } from './authority.ts'
import { readCertificateRequest } from './certificate-request.ts'
import { createCertificateRequest } from './create-certificate-request.ts'
import { type IssueOptions, issueIdentity, issueScepAgent } from './issue-certificate.ts'
import { newPrivateKey } from './key-type.ts'

const hour = 3_600_000
const options: IssueOptions = { subject: [{ type: 'CN', value: 'enrollment-1' }], now: noon, days: 365 }

describe('an authority', () => {
  it.each(['rsa-2048', 'p-256', 'p-384'] as const)('signs itself with a key of type %s, and issues', async (type) => {
    const by = await authority('Edict CA', type)
    expect(by.certificate.basicConstraints).toEqual({ authority: true, pathLength: 0 })
    expect(by.certificate.keyUsage?.has('keyEncipherment')).toBe(type === 'rsa-2048')
    expect(by.certificate.notBefore).toBe(noon - hour)
    const request = await requestFor('p-256')
    const identity = await issueIdentity(by, request, options)
    expect(verifyChain(identity, { roots: [by.certificate], now: noon })).toHaveLength(2)
  })

  it('takes the serial number it is given, and else a random one of 16 octets', async () => {
    const serial = Uint8Array.from(Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex'))
    const request = await requestFor('p-256')
    const by = await authority('Edict CA')
    expect((await issueIdentity(by, request, { ...options, serial })).serial).toEqual(serial)
    const [one, two] = [await issueIdentity(by, request, options), await issueIdentity(by, request, options)]
    expect(one.serial).toHaveLength(16)
    expect(one.serial).not.toEqual(two.serial)
    for (const wrong of [
      new Uint8Array(16),
      Uint8Array.of(1),
      new Uint8Array(21).fill(1),
      new Uint8Array(16).fill(0x80),
    ]) {
      expect(await laterCodeOf(() => issueIdentity(by, request, { ...options, serial: wrong }))).toBe('serial')
    }
  })

  it('issues nothing when it is not valid itself, and nothing that outlives it', async () => {
    const key = await newPrivateKey('p-256')
    const by = await createAuthority({ name: [{ type: 'CN', value: 'Brief' }], key, now: noon, days: 30 })
    const request = await requestFor('p-256')
    expect((await issueIdentity(by, request, options)).notAfter).toBe(by.certificate.notAfter)
    for (const now of [by.certificate.notAfter + 1, by.certificate.notBefore - 1]) {
      expect(await laterCodeOf(() => issueIdentity(by, request, { ...options, now }))).toBe('validity')
    }
    expect(await laterCodeOf(() => issueIdentity(by, request, { ...options, days: -1 }))).toBe('validity')
  })

  it('issues nothing with a key that is not its own', async () => {
    const [one, other] = [await authority('One'), await authority('Other')]
    const mixed = { certificate: one.certificate, privateKey: other.privateKey }
    const request = await requestFor('p-256')
    expect(await laterCodeOf(() => issueIdentity(mixed, request, options))).toBe('key-mismatch')
  })
})

describe('an identity', () => {
  it('names whom the server says, is for clients, and is no authority', async () => {
    const by = await authority('Edict CA')
    const request = await requestFor('rsa-2048', 'I am root')
    const identity = await issueIdentity(by, request, { ...options, uris: ['urn:edict:enrollment:1'] })
    expect(commonName(identity.subject)).toBe('enrollment-1')
    expect(identity.x509.subjectAltName).toBe('URI:urn:edict:enrollment:1')
    expect(identity.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.2'])
    expect(identity.keyUsage).toEqual(new Set(['digitalSignature', 'keyEncipherment']))
    expect(identity.basicConstraints?.authority).toBe(false)
    expect(identity.authorityKeyIdentifier).toEqual(by.certificate.subjectKeyIdentifier)
    expect(identity.publicKeyInfo).toEqual(request.publicKeyInfo)
  })

  it('is not issued under a name that a device would cut', async () => {
    const by = await authority('Edict CA')
    const subject = [{ type: 'CN', value: 'x'.repeat(65) }] as const
    const request = await requestFor('p-256')
    expect(await laterCodeOf(() => issueIdentity(by, request, { ...options, subject }))).toBe('name')
  })
})

describe('the agent of an authority', () => {
  it('signs and decrypts, and is no client', async () => {
    const by = await authority('Edict CA')
    const agent = await issueScepAgent(by, await requestFor('rsa-2048'), options)
    expect(agent.extendedKeyUsage).toBeUndefined()
    expect(agent.keyUsage).toEqual(new Set(['digitalSignature', 'keyEncipherment']))
  })
})

describe('a certificate request', () => {
  it('carries the challenge', async () => {
    const privateKey = await newPrivateKey('p-256')
    const der = createCertificateRequest({ subject: options.subject, privateKey, challengePassword: 'sésame' })
    const request = readCertificateRequest(der)
    expect(request.challengePassword).toBe('sésame')
    expect(request.publicKey.equals(createPublicKey(privateKey))).toBe(true)
  })

  it('is refused when any bit of it is flipped: the proof covers all, and the signature is the proof', async () => {
    const privateKey = await newPrivateKey('p-256')
    const der = createCertificateRequest({ subject: options.subject, privateKey, challengePassword: 'x' })
    for (let at = 0; at < der.length; at++) {
      const flipped = Uint8Array.from(der)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at & 7))
      expect(codeOf(() => readCertificateRequest(flipped))).toBeDefined()
      expect(codeOf(() => readCertificateRequest(der.subarray(0, at)))).toBeDefined()
    }
  })

  it('is refused for keys that do not hold', async () => {
    const weak = [
      generateKeyPairSync('rsa', { modulusLength: 1024 }),
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    ]
    for (const { privateKey } of weak) {
      expect(codeOf(() => readCertificateRequest(createCertificateRequest({ subject: [], privateKey })))).toBe(
        'key-weak',
      )
    }
  })

  it('is refused with a challenge longer than any', async () => {
    const privateKey = await newPrivateKey('p-256')
    const der = createCertificateRequest({ subject: [], privateKey, challengePassword: 'x'.repeat(256) })
    expect(codeOf(() => readCertificateRequest(der))).toBe('challenge')
  })
})

async function requestFor(type: 'rsa-2048' | 'p-256', name = 'device') {
  const privateKey = await newPrivateKey(type)
  return readCertificateRequest(createCertificateRequest({ subject: [{ type: 'CN', value: name }], privateKey }))
}
