import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { PkiError } from '../pki-error.ts'
import { type Digest, digestOf } from './digest.ts'
import { type AlgorithmIdentifier, hasNoParameters, readAlgorithm } from './identifier.ts'

/** How a signature was made. Without a digest the identifier leaves it to the place it stands in, as CMS may. */
export type SignatureScheme =
  | { readonly kind: 'rsa'; readonly digest: Digest | undefined }
  | { readonly kind: 'rsa-pss'; readonly digest: Digest; readonly saltLength: number }
  | { readonly kind: 'ecdsa'; readonly digest: Digest | undefined }

export const rsaEncryption = '1.2.840.113549.1.1.1'
const pss = '1.2.840.113549.1.1.10'
const mgf1 = '1.2.840.113549.1.1.8'

/** RFC 4055, RFC 5758, and the bare key types that CMS allows in their place. */
const fixed: ReadonlyMap<string, SignatureScheme> = new Map<string, SignatureScheme>([
  [rsaEncryption, { kind: 'rsa', digest: undefined }],
  ['1.2.840.113549.1.1.5', { kind: 'rsa', digest: 'sha1' }],
  ['1.2.840.113549.1.1.11', { kind: 'rsa', digest: 'sha256' }],
  ['1.2.840.113549.1.1.12', { kind: 'rsa', digest: 'sha384' }],
  ['1.2.840.113549.1.1.13', { kind: 'rsa', digest: 'sha512' }],
  ['1.2.840.10045.2.1', { kind: 'ecdsa', digest: undefined }],
  ['1.2.840.10045.4.1', { kind: 'ecdsa', digest: 'sha1' }],
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', digest: 'sha256' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', digest: 'sha384' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', digest: 'sha512' }],
])

/** @throws {PkiError} `algorithm-unsupported` */
export function signatureScheme(identifier: AlgorithmIdentifier): SignatureScheme {
  const scheme = fixed.get(identifier.oid)
  if (scheme && hasNoParameters(identifier)) return scheme
  if (identifier.oid === pss && identifier.parameters) return readWhole(identifier.parameters, readPss)
  throw unsupported(identifier.oid)
}

/** RSASSA-PSS-params (RFC 4055 §3.1). What is absent means SHA-1 and 20 octets of salt. */
function readPss(reader: DerReader): SignatureScheme {
  const parameters = reader.sequence()
  const digest = digestIn(parameters.optional(0))
  const mask = parameters.optional(1)
  const maskDigest = mask ? maskDigestIn(mask) : 'sha1'
  const saltLength = numberIn(parameters.optional(2), 20)
  const trailer = numberIn(parameters.optional(3), 1)
  parameters.finish()
  if (maskDigest !== digest || trailer !== 1 || saltLength > 1024) throw unsupported(pss)
  return { kind: 'rsa-pss', digest, saltLength }
}

function digestIn(reader: DerReader | undefined): Digest {
  if (!reader) return 'sha1'
  const digest = digestOf(readAlgorithm(reader))
  reader.finish()
  return digest
}

function maskDigestIn(reader: DerReader): Digest {
  const mask = readAlgorithm(reader)
  reader.finish()
  if (mask.oid !== mgf1 || !mask.parameters) throw unsupported(mask.oid)
  return digestOf(readWhole(mask.parameters, readAlgorithm))
}

function numberIn(reader: DerReader | undefined, absent: number): number {
  if (!reader) return absent
  const value = reader.smallInteger()
  reader.finish()
  return value
}

function unsupported(oid: string): PkiError {
  return new PkiError('algorithm-unsupported', `Cannot verify: found the signature algorithm ${oid}`, {
    found: oid,
    expected: 'RSA PKCS#1 v1.5, RSA-PSS or ECDSA',
  })
}
