import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { type AlgorithmIdentifier, readAlgorithm } from '../algorithm/identifier.ts'
import { sameBytes, toHex } from '../bytes.ts'
import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { tags } from '../der/tag.ts'
import { PkiError } from '../pki-error.ts'
import {
  type BasicConstraints,
  type Extension,
  extensionTypes,
  type KeyUsage,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readExtensions,
  readKeyUsage,
  readSubjectKeyIdentifier,
} from './extensions.ts'

/** A certificate (RFC 5280 §4.1) as it was read: what it says of itself, which nobody has verified yet. */
export interface Certificate {
  readonly der: Uint8Array
  /** SHA-256 of the DER, in lower-case hexadecimal: what an enrollment is pinned to. */
  readonly fingerprint: string
  /** Content of the serial number's INTEGER. */
  readonly serial: Uint8Array
  /** Names in DER. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  /** Milliseconds since 1970, both included. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: KeyObject
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKeyInfo: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly extensions: readonly Extension[]
  readonly basicConstraints: BasicConstraints | undefined
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined
  readonly extendedKeyUsage: readonly string[] | undefined
  readonly subjectKeyIdentifier: Uint8Array | undefined
  readonly authorityKeyIdentifier: Uint8Array | undefined
  readonly x509: X509Certificate
}

const maximumCertificateSize = 64 * 1024

/**
 * Reads one certificate from strict DER, with nothing after it. What it claims is not verified: see `verifyChain`.
 * @throws {PkiError} `certificate` when OpenSSL refuses it, `certificate-size`, and the codes of broken DER
 */
export function readCertificate(der: Uint8Array): Certificate {
  if (der.length > maximumCertificateSize) {
    const expected = `${maximumCertificateSize} octets at most`
    throw new PkiError('certificate-size', `Cannot read certificate: it has ${der.length} octets`, { expected })
  }
  const own = Uint8Array.from(der)
  const fields = readWhole(own, readFields)
  const { x509, publicKey } = parse(own)
  const known = <T>(oid: string, read: (value: Uint8Array) => T): T | undefined => {
    const extension = fields.extensions.find((one) => one.oid === oid)
    return extension && read(extension.value)
  }
  return {
    der: own,
    fingerprint: createHash('sha256').update(own).digest('hex'),
    ...fields,
    basicConstraints: known(extensionTypes.basicConstraints, readBasicConstraints),
    keyUsage: known(extensionTypes.keyUsage, readKeyUsage),
    extendedKeyUsage: known(extensionTypes.extendedKeyUsage, readExtendedKeyUsage),
    subjectKeyIdentifier: known(extensionTypes.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: known(extensionTypes.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    publicKey,
    x509,
  }
}

function parse(der: Uint8Array) {
  try {
    const x509 = new X509Certificate(der)
    return { x509, publicKey: x509.publicKey }
  } catch (cause) {
    throw new PkiError('certificate', 'Cannot read certificate: OpenSSL does not take it for one', { cause })
  }
}

function readFields(reader: DerReader) {
  const certificate = reader.sequence()
  const tbs = certificate.sequence()
  const version = readVersion(tbs)
  const serial = tbs.integer()
  const inner = tbs.raw(tags.sequence)
  const issuer = tbs.raw(tags.sequence)
  const validity = tbs.sequence()
  const notBefore = validity.time()
  const notAfter = validity.time()
  validity.finish()
  const subject = tbs.raw(tags.sequence)
  const publicKeyInfo = tbs.raw(tags.sequence)
  const extended = version === 2 ? tbs.optional(3) : undefined
  const extensions = extended ? readExtensions(extended) : []
  extended?.finish()
  tbs.finish()
  const outer = certificate.raw(tags.sequence)
  certificate.bitString()
  certificate.finish()
  if (!sameBytes(inner, outer)) {
    throw new PkiError('certificate', 'Cannot read certificate: it names two signature algorithms')
  }
  const signatureAlgorithm = readWhole(outer, readAlgorithm)
  return { serial, issuer, subject, notBefore, notAfter, publicKeyInfo, signatureAlgorithm, extensions }
}

function readVersion(tbs: DerReader): number {
  const explicit = tbs.optional(0)
  if (!explicit) return 0
  const version = explicit.smallInteger()
  explicit.finish()
  return version
}

/** The serial number in hexadecimal, as OpenSSL prints it but in lower case. */
export function serialNumber(certificate: Certificate): string {
  return toHex(certificate.serial).replace(/^00(?=[89a-f])/, '')
}
