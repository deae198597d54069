import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import type { Certificate } from './certificate/certificate.ts'
import { decodePem, encodePem } from './certificate/pem.ts'
import { writeCertificatesOnly } from './cms/certificates-only.ts'
import type { ContentCipher } from './cms/content-cipher.ts'
import { createEnvelopedData } from './cms/create-enveloped-data.ts'
import { createSignedData } from './cms/create-signed-data.ts'
import { decryptEnvelopedData } from './cms/decrypt-enveloped-data.ts'
import type { KeyPair } from './cms/key-pair.ts'
import { verifySignedData } from './cms/verify-signed-data.ts'
import { readCertificateRequest } from './issue/certificate-request.ts'
import { createCertificateRequest } from './issue/create-certificate-request.ts'
import { createRevocationList } from './issue/revocation-list.ts'
import { hasOpenssl, workbench } from './testing/openssl.ts'
import { authority, device, noon } from './testing/people.ts'

const at = String(noon / 1000)
const sizes = [0, 1, 1000, 100_000]

describe.skipIf(!hasOpenssl)('the openssl program (left out where there is none)', async () => {
  const bench = workbench()
  afterAll(() => bench.close())
  const certificateFile = (name: string, one: Certificate) => bench.file(name, encodePem(one.der, 'CERTIFICATE'))
  const keyFile = (name: string, { privateKey }: KeyPair) =>
    bench.file(name, privateKey.export({ type: 'pkcs8', format: 'pem' }))

  const types = ['rsa-2048', 'p-256', 'p-384'] as const
  const everybody = await Promise.all(
    types.map(async (type) => {
      const by = await authority(`CA ${type}`, type)
      return { type, by, end: await device(by, `Device ${type}`, type) }
    }),
  )

  describe.each(everybody)('with keys of type $type', ({ type, by, end }) => {
    const root = certificateFile(`${type}-root.pem`, by.certificate)
    const leaf = certificateFile(`${type}-leaf.pem`, end.certificate)
    const key = keyFile(`${type}-key.pem`, end)

    it('trusts what Edict issues, until it is revoked', () => {
      expect(
        String(bench.run('verify', '-x509_strict', '-attime', at, '-purpose', 'sslclient', '-CAfile', root, leaf)),
      ).toContain('OK')
      const list = (revoked: readonly Certificate[]) => {
        const entries = revoked.map(({ serial }) => ({ serial, at: noon }))
        const options = { revoked: entries, number: 7, now: noon - 1000, next: noon + 86_400_000 }
        const crl = bench.file(`${type}.crl`, encodePem(createRevocationList(by, options), 'X509 CRL'))
        return () => String(bench.run('verify', '-attime', at, '-crl_check', '-CRLfile', crl, '-CAfile', root, leaf))
      }
      expect(list([])()).toContain('OK')
      expect(list([by.certificate])()).toContain('OK')
      expect(list([by.certificate, end.certificate])).toThrow(/revoked/)
    })

    it('verifies what Edict signs', () => {
      for (const size of sizes) {
        const content = randomBytes(size)
        const attached = bench.file('attached.der', createSignedData(content, { signer: end, signingTime: noon }))
        const verify = [
          'cms',
          '-verify',
          '-binary',
          '-inform',
          'DER',
          '-CAfile',
          root,
          '-purpose',
          'any',
          '-attime',
          at,
        ]
        expect(bench.run(...verify, '-in', attached).equals(content)).toBe(true)
        const detached = bench.file(
          'detached.der',
          createSignedData(content, { signer: end, detached: true, digest: 'sha512' }),
        )
        const file = bench.file('content', content)
        expect(bench.run(...verify, '-in', detached, '-content', file).equals(content)).toBe(true)
      }
    })

    it('signs what Edict verifies', () => {
      for (const size of sizes) {
        const content = randomBytes(size)
        const file = bench.file('content', content)
        const sign = ['cms', '-sign', '-binary', '-in', file, '-signer', leaf, '-inkey', key, '-outform', 'DER']
        // The program cannot stream nothing.
        for (const more of [[], ['-md', 'sha384'], ['-keyid'], ...(size > 0 ? [['-stream']] : [])]) {
          const verified = verifySignedData(bench.run(...sign, '-nodetach', ...more))
          expect(Buffer.from(verified.content).equals(content)).toBe(true)
          expect(verified.signer.fingerprint).toBe(end.certificate.fingerprint)
          if (more.includes('-stream')) continue // which is never detached
          expect(verifySignedData(bench.run(...sign, ...more), { detached: content }).signer).toBeDefined()
        }
      }
    })

    it('takes requests of Edict, and makes some that Edict takes', () => {
      const subject = [{ type: 'CN', value: 'Device' }] as const
      const der = createCertificateRequest({ subject, privateKey: end.privateKey, challengePassword: 'secret' })
      const request = bench.file('request.pem', encodePem(der, 'CERTIFICATE REQUEST'))
      expect(String(bench.run('req', '-in', request, '-verify', '-noout', '-text'))).toContain('secret')
      const config = bench.file(
        'request.conf',
        '[req]\nprompt=no\nattributes=a\ndistinguished_name=d\n[d]\nCN=Device\n[a]\nchallengePassword=secret\n',
      )
      const [made] = decodePem(String(bench.run('req', '-new', '-key', key, '-config', config)), 'CERTIFICATE REQUEST')
      expect(made && readCertificateRequest(made).challengePassword).toBe('secret')
    })
  })

  it.each<ContentCipher>(['aes-128', 'aes-192', 'aes-256', '3des'])(
    'decrypts what Edict encrypts, and the reverse: %s',
    (cipher) => {
      const end = everybody[0]?.end
      if (!end) return expect.unreachable()
      const [leaf, key] = [certificateFile('leaf.pem', end.certificate), keyFile('key.pem', end)]
      const decrypt = ['cms', '-decrypt', '-binary', '-inform', 'DER', '-recip', leaf, '-inkey', key]
      for (const size of sizes) {
        const content = randomBytes(size)
        const envelope = bench.file('envelope.der', createEnvelopedData(content, [end.certificate], cipher))
        expect(bench.run(...decrypt, '-in', envelope).equals(content)).toBe(true)
        const file = bench.file('content', content)
        const name = cipher === '3des' ? '-des3' : `-${cipher.replace('-', '')}`
        for (const more of [[], ['-stream'], ['-keyid']]) {
          const made = bench.run('cms', '-encrypt', '-binary', '-in', file, name, '-outform', 'DER', ...more, leaf)
          expect(Buffer.from(decryptEnvelopedData(made, end)).equals(content)).toBe(true)
        }
      }
    },
  )

  it('reads certificates only', () => {
    const certificates = everybody.map(({ end }) => end.certificate)
    const file = bench.file('certificates.der', writeCertificatesOnly(certificates))
    const printed = String(bench.run('pkcs7', '-inform', 'DER', '-in', file, '-print_certs'))
    expect(decodePem(printed, 'CERTIFICATE').map((der) => Buffer.from(der))).toEqual(
      certificates.map(({ der }) => Buffer.from(der)),
    )
  })
})
