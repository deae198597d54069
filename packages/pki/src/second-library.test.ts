import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import { serialNumber } from './certificate/certificate.ts'
import { readCertificatesOnly, writeCertificatesOnly } from './cms/certificates-only.ts'
import { createSignedData } from './cms/create-signed-data.ts'
import { readCertificateRequest } from './issue/certificate-request.ts'
import { createCertificateRequest } from './issue/create-certificate-request.ts'
import { createRevocationList } from './issue/revocation-list.ts'
import { authority, device, noon } from './testing/people.ts'

describe('@peculiar/x509 as a second reader and writer', async () => {
  const by = await authority('Edict CA')
  const ipad = await device(by, 'iPad')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

  it('finds the same certificates in signed data, whoever wrote it', () => {
    const signed = createSignedData(Buffer.from('content'), { signer: ipad, certificates: [by.certificate] })
    for (const bytes of [signed, writeCertificatesOnly([ipad.certificate, by.certificate])]) {
      const found = new x509.X509Certificates(Buffer.from(bytes))
      expect(found.map((one) => one.serialNumber)).toEqual([ipad, by].map((one) => serialNumber(one.certificate)))
    }
    const written = new x509.X509Certificates([new x509.X509Certificate(Buffer.from(ipad.certificate.der))]).export(
      'raw',
    )
    expect(readCertificatesOnly(new Uint8Array(written)).map((one) => one.fingerprint)).toEqual([
      ipad.certificate.fingerprint,
    ])
  })

  it('verifies requests, and writes some', async () => {
    const subject = [{ type: 'CN', value: 'iPad' }] as const
    const der = createCertificateRequest({ subject, privateKey: ipad.privateKey, challengePassword: 'secret' })
    const request = new x509.Pkcs10CertificateRequest(Buffer.from(der))
    expect(await request.verify()).toBe(true)
    expect(request.subject).toBe('CN=iPad')
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const attributes = [new x509.ChallengePasswordAttribute('secret')]
    const made = await x509.Pkcs10CertificateRequestGenerator.create({
      name: 'CN=iPad',
      keys,
      signingAlgorithm: algorithm,
      attributes,
    })
    expect(readCertificateRequest(new Uint8Array(made.rawData)).challengePassword).toBe('secret')
  })

  it('finds the same in a revocation list', async () => {
    const revoked = [{ serial: ipad.certificate.serial, at: noon }]
    const list = createRevocationList(by, { revoked, number: 1, now: noon, next: noon + 1000 })
    const crl = new x509.X509Crl(Buffer.from(list))
    expect(crl.entries.map((entry) => entry.serialNumber)).toEqual([serialNumber(ipad.certificate)])
    expect(crl.entries[0]?.revocationDate.getTime()).toBe(noon)
    expect(await crl.verify({ publicKey: new x509.X509Certificate(Buffer.from(by.certificate.der)) })).toBe(true)
  })
})
