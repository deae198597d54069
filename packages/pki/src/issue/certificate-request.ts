import { createPublicKey, hash, type KeyObject } from 'node:crypto'
import { refuseWeakDigest } from '../algorithm/digest.ts'
import { readAlgorithm } from '../algorithm/identifier.ts'
import { signatureScheme } from '../algorithm/signature-scheme.ts'
import { verifySignature } from '../algorithm/verify-signature.ts'
import { readText } from '../certificate/name.ts'
import { refuseWeakKey } from '../certificate/weak-key.ts'
import { type Attributes, optionalValue, readAttributes } from '../cms/attributes.ts'
import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { tags } from '../der/tag.ts'
import { PkiError } from '../pki-error.ts'

export const challengePasswordType = '1.2.840.113549.1.9.7'

/** A certification request (PKCS#10, RFC 2986) whose sender has proved to hold the key in it. */
export interface CertificateRequest {
  readonly der: Uint8Array
  /** SHA-256 of the DER, in lower-case hexadecimal: tells a repeated request from another one. */
  readonly fingerprint: string
  /** The name it wants, in DER. Nobody has to give it. */
  readonly subject: Uint8Array
  readonly publicKey: KeyObject
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKeyInfo: Uint8Array
  readonly challengePassword: string | undefined
}

const maximumChallengeLength = 255

/**
 * Reads a request in strict DER and verifies its signature, so that nobody gets a certificate for somebody else's key.
 * @throws {PkiError} `proof-wrong`, `key-weak`, `algorithm-weak`, `challenge`, and the codes of broken DER
 */
export function readCertificateRequest(
  bytes: Uint8Array,
  { sha1 = false }: { readonly sha1?: boolean } = {},
): CertificateRequest {
  const der = Uint8Array.from(bytes)
  const { signed, subject, publicKeyInfo, attributes, algorithm, signature } = readWhole(der, readRequest)
  const publicKey = parseKey(publicKeyInfo)
  refuseWeakKey(publicKey)
  const scheme = signatureScheme(algorithm)
  const { digest } = scheme
  if (digest === undefined) {
    throw new PkiError('algorithm-unsupported', 'Cannot read certificate request: its signature names no digest')
  }
  refuseWeakDigest(digest, sha1)
  if (!verifySignature(scheme, digest, publicKey, signed, signature)) {
    throw new PkiError('proof-wrong', 'Cannot read certificate request: its signature does not fit its key')
  }
  const challengePassword = readChallenge(attributes)
  return { der, fingerprint: hash('sha256', der), subject, publicKey, publicKeyInfo, challengePassword }
}

function readRequest(reader: DerReader) {
  const request = reader.sequence()
  const start = request.offset
  const info = request.sequence()
  const signed = request.bytes.subarray(start, request.offset)
  if (info.smallInteger() !== 0) throw new PkiError('version', 'Cannot read certificate request: not version 1')
  const subject = info.raw(tags.sequence)
  const publicKeyInfo = info.raw(tags.sequence)
  // The attributes may not be left out, but some encoders do when there are none.
  const set = info.optional(0)
  const attributes: Attributes = set ? readAttributes(set) : new Map()
  info.finish()
  const algorithm = readAlgorithm(request)
  const signature = request.bitString()
  request.finish()
  return { signed, subject, publicKeyInfo, attributes, algorithm, signature }
}

function parseKey(publicKeyInfo: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(publicKeyInfo), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new PkiError('key-unsupported', 'Cannot read certificate request: OpenSSL does not take its key for one', {
      cause,
    })
  }
}

function readChallenge(attributes: Attributes): string | undefined {
  const value = optionalValue(attributes, challengePasswordType, 'challengePassword')
  const challenge = value && readWhole(value, readText)
  if (value && (!challenge || challenge.length > maximumChallengeLength)) {
    throw new PkiError('challenge', 'Cannot read certificate request: its challenge password is no text of up to 255')
  }
  return challenge
}
