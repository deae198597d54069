import type { KeyObject } from 'node:crypto'
import { sameBytes, toHex } from '../bytes.ts'
import { type Certificate, readCertificate } from '../certificate/certificate.ts'
import type { Extension } from '../certificate/extensions.ts'
import { PkiError } from '../pki-error.ts'
import { refuseSerial } from './serial.ts'
import { signingAlgorithm } from './signing-algorithm.ts'

export interface CertificateFields {
  readonly serial: Uint8Array
  /** Names in DER. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  /** Milliseconds since 1970; certificates know whole seconds. */
  readonly notBefore: number
  readonly notAfter: number
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKeyInfo: Uint8Array
  readonly extensions: readonly Extension[]
}

/** The library needs metadata reflection to be there first, and both cost time to load: only who issues pays for it. */
const library = async () => {
  await import('reflect-metadata')
  return await import('@peculiar/x509')
}

/**
 * Signs a certificate with the issuer's key, and reads it back: what does not verify or says other things than it was asked
 * to never leaves this function. @throws {PkiError} `serial`, `validity`, `key-unsupported`, `issued-wrong`
 */
export async function signCertificate(fields: CertificateFields, issuerKey: KeyObject, issuerPublicKey: KeyObject) {
  refuseSerial(fields.serial)
  const [notBefore, notAfter] = [wholeSeconds(fields.notBefore), wholeSeconds(fields.notAfter)]
  if (!(notBefore < notAfter)) {
    throw new PkiError('validity', 'Cannot issue certificate: it would end before it starts', {
      found: [notBefore, notAfter],
    })
  }
  const { Extension: X509Extension, Name, X509CertificateGenerator } = await library()
  const algorithm = signingAlgorithm(issuerKey)
  const signed = await X509CertificateGenerator.create({
    serialNumber: toHex(fields.serial),
    issuer: new Name(Buffer.from(fields.issuer)),
    subject: new Name(Buffer.from(fields.subject)),
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    publicKey: Buffer.from(fields.publicKeyInfo),
    signingKey: issuerKey.toCryptoKey(algorithm, false, ['sign']),
    signingAlgorithm: algorithm,
    extensions: fields.extensions.map((one) => new X509Extension(one.oid, one.critical, Buffer.from(one.value))),
  })
  const certificate = readCertificate(new Uint8Array(signed.rawData))
  refuseOther(certificate, { ...fields, notBefore, notAfter }, issuerPublicKey)
  return certificate
}

function refuseOther(certificate: Certificate, asked: CertificateFields, issuer: KeyObject): void {
  const keepsItsWord =
    sameBytes(certificate.serial, asked.serial) &&
    sameBytes(certificate.issuer, asked.issuer) &&
    sameBytes(certificate.subject, asked.subject) &&
    sameBytes(certificate.publicKeyInfo, asked.publicKeyInfo) &&
    certificate.notBefore === asked.notBefore &&
    certificate.notAfter === asked.notAfter &&
    certificate.extensions.length === asked.extensions.length &&
    certificate.extensions.every(({ oid, critical, value }, index) => {
      const wanted = asked.extensions[index]
      return wanted?.oid === oid && wanted.critical === critical && sameBytes(wanted.value, value)
    }) &&
    certificate.x509.verify(issuer)
  if (!keepsItsWord) {
    throw new PkiError('issued-wrong', 'Cannot issue certificate: what was made is not what was asked for', {
      found: certificate.x509.toString(),
    })
  }
}

function wholeSeconds(at: number): number {
  return Math.floor(at / 1000) * 1000
}
