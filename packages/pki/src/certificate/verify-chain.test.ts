import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { sequence } from '../der/writer.ts'
import { basicConstraints, extendedKeyUsage, keyUsage } from '../issue/extension-values.ts'
import { codeOf } from '../testing/code-of.ts'
import { authority, craft, device, noon } from '../testing/people.ts'
import { vectorCertificate } from '../testing/vector.ts'
import type { Certificate } from './certificate.ts'
import { type ChainOptions, clientAuth } from './chain-options.ts'
import { extensionTypes } from './extensions.ts'
import { verifyChain } from './verify-chain.ts'

const unlimited = { oid: extensionTypes.basicConstraints, critical: true, value: sequence(basicConstraintsTrue()) }
const forClients = [basicConstraints(false), keyUsage('digitalSignature'), extendedKeyUsage(clientAuth)]

function basicConstraintsTrue(): Uint8Array {
  return Uint8Array.of(1, 1, 0xff)
}

describe('a chain of certificates', async () => {
  const root = await craft({ name: 'Root', extensions: [unlimited, keyUsage('keyCertSign')] })
  const middle = await craft({ name: 'Middle', by: root, extensions: [unlimited, keyUsage('keyCertSign')] })
  const leaf = await craft({ name: 'Leaf', by: middle, extensions: forClients })
  const judge = (certificate: Certificate, options: Partial<ChainOptions> = {}) =>
    codeOf(() =>
      verifyChain(certificate, {
        roots: [root.certificate],
        intermediates: [middle.certificate],
        now: noon,
        purpose: clientAuth,
        ...options,
      }),
    )

  it('leads from the certificate to a root', () => {
    const path = verifyChain(leaf.certificate, {
      roots: [root.certificate],
      intermediates: [leaf.certificate, middle.certificate, middle.certificate],
      now: noon,
      purpose: clientAuth,
    })
    expect(path).toEqual([leaf.certificate, middle.certificate, root.certificate])
  })

  it('ends at the nearest certificate that is trusted', () => {
    expect(judge(leaf.certificate, { roots: [middle.certificate], intermediates: [] })).toBeUndefined()
  })

  it('is missing when one is missing, and nobody is trusted for coming along', () => {
    expect(judge(leaf.certificate, { intermediates: [] })).toBe('chain-untrusted')
    expect(judge(leaf.certificate, { roots: [] })).toBe('chain-untrusted')
    expect(judge(leaf.certificate, { roots: [], intermediates: [middle.certificate, root.certificate] })).toBe(
      'chain-untrusted',
    )
  })

  it('is not made by a name: who calls himself like the root is another', async () => {
    const impostor = await craft({ name: 'Root', extensions: [unlimited, keyUsage('keyCertSign')] })
    const forged = await craft({ name: 'Leaf', by: impostor, extensions: forClients })
    expect(judge(forged.certificate, { intermediates: [impostor.certificate] })).toBe('chain-untrusted')
    const alone = await craft({ name: 'Leaf', extensions: forClients })
    expect(judge(alone.certificate, { intermediates: [alone.certificate] })).toBe('chain-untrusted')
  })

  it('is valid at a time, each certificate of it', async () => {
    expect(judge(leaf.certificate, { now: leaf.certificate.notAfter })).toBeUndefined()
    expect(judge(leaf.certificate, { now: leaf.certificate.notAfter + 1 })).toBe('certificate-expired')
    expect(judge(leaf.certificate, { now: leaf.certificate.notBefore - 1 })).toBe('certificate-not-yet-valid')
    const old = await craft({ name: 'Old', by: root, extensions: [unlimited], notAfter: noon - 1000 })
    const under = await craft({ name: 'Under', by: old, extensions: forClients })
    const options = { intermediates: [old.certificate] }
    expect(judge(under.certificate, options)).toBe('certificate-expired')
    expect(judge(under.certificate, { ...options, authorityDates: 'ignored' })).toBeUndefined()
    const late = { ...options, authorityDates: 'ignored', now: under.certificate.notAfter + 1 } as const
    expect(judge(under.certificate, late)).toBe('certificate-expired')
  })

  it('does not pass through a certificate that is no authority', async () => {
    for (const extensions of [forClients, [], [basicConstraints(false)], [unlimited, keyUsage('digitalSignature')]]) {
      const between = await craft({ name: 'Between', by: root, extensions })
      const under = await craft({ name: 'Under', by: between, extensions: forClients })
      expect(judge(under.certificate, { intermediates: [between.certificate] })).toMatch(
        /chain-untrusted|certificate-authority/,
      )
    }
  })

  it('is no longer than an authority allows', async () => {
    const short = await craft({ name: 'Short', extensions: [basicConstraints(true), keyUsage('keyCertSign')] })
    const between = await craft({ name: 'Between', by: short, extensions: [unlimited] })
    const direct = await craft({ name: 'Direct', by: short, extensions: forClients })
    const under = await craft({ name: 'Under', by: between, extensions: forClients })
    const options = { roots: [short.certificate], intermediates: [between.certificate] }
    expect(judge(direct.certificate, options)).toBeUndefined()
    expect(judge(under.certificate, options)).toBe('certificate-authority')
  })

  it('is for the purpose that is asked', async () => {
    const serverAuth = '1.3.6.1.5.5.7.3.1'
    const server = await craft({ name: 'Server', by: root, extensions: [extendedKeyUsage(serverAuth)] })
    const anything = await craft({ name: 'Anything', by: root, extensions: [extendedKeyUsage('2.5.29.37.0')] })
    const silent = await craft({ name: 'Silent', by: root })
    for (const one of [server, anything, silent, root]) expect(judge(one.certificate)).toBe('certificate-purpose')
    const narrow = await craft({ name: 'Narrow', by: root, extensions: [unlimited, extendedKeyUsage(serverAuth)] })
    const under = await craft({ name: 'Under', by: narrow, extensions: forClients })
    expect(judge(under.certificate, { intermediates: [narrow.certificate] })).toBe('certificate-purpose')
  })

  it('does not skip what it does not understand', async () => {
    const constraints = { oid: extensionTypes.nameConstraints, critical: false, value: sequence() }
    const named = await craft({ name: 'Named', by: root, extensions: [unlimited, constraints] })
    const under = await craft({ name: 'Under', by: named, extensions: forClients })
    expect(judge(under.certificate, { intermediates: [named.certificate] })).toBe('name-constraints')
    const strange = { oid: '1.2.3.4', critical: true, value: sequence() }
    const odd = await craft({ name: 'Odd', by: root, extensions: [...forClients, strange] })
    expect(judge(odd.certificate)).toBe('extension-unknown')
    const harmless = await craft({
      name: 'Fine',
      by: root,
      extensions: [...forClients, { ...strange, critical: false }],
    })
    expect(judge(harmless.certificate)).toBeUndefined()
  })

  it('needs keys and digests that hold', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const weak = await craft({ name: 'Weak', by: root, extensions: forClients, privateKey })
    expect(judge(weak.certificate)).toBe('key-weak')
    expect(judge(weak.certificate, { minimumRsaBits: 1024 })).toBeUndefined()
    const roots = [vectorCertificate('device-ca')]
    const apple = {
      roots,
      purpose: '',
      minimumRsaBits: 1024,
      authorityDates: 'ignored',
      now: Date.UTC(2100, 0),
    } as const
    const { purpose: _, ...anyPurpose } = apple
    const judged = (sha1: boolean) => codeOf(() => verifyChain(vectorCertificate('device'), { ...anyPurpose, sha1 }))
    expect(judged(false)).toBe('algorithm-weak')
    expect(judged(true)).toBeUndefined()
  })

  it('does not try for ever when many certificates stand for each other', async () => {
    const first = await craft({ name: 'Same', extensions: [unlimited, keyUsage('keyCertSign')] })
    const again = () => craft({ name: 'Same', extensions: [unlimited], privateKey: first.privateKey })
    const same = await Promise.all(Array.from({ length: 15 }, again))
    const checks = vi.spyOn(X509Certificate.prototype, 'verify')
    expect(judge(first.certificate, { intermediates: same.map((one) => one.certificate) })).toBe('chain-untrusted')
    expect(checks.mock.calls.length).toBeLessThanOrEqual(24)
    checks.mockRestore()
  })

  it('holds for what Edict issues itself', async () => {
    const by = await authority('Edict')
    const { certificate } = await device(by, 'iPad')
    expect(judge(certificate, { roots: [by.certificate] })).toBeUndefined()
    expect(judge(certificate, { roots: [(await authority('Edict')).certificate] })).toBe('chain-untrusted')
  })
})
