import { createPublicKey, type KeyObject, sign } from 'node:crypto'
import { writeAlgorithm } from '../algorithm/identifier.ts'
import { encodeName, type NameAttribute } from '../certificate/name.ts'
import { tags } from '../der/tag.ts'
import { bitString, context, integer, nullValue, oid, sequence, setOf, text } from '../der/writer.ts'
import { challengePasswordType } from './certificate-request.ts'

export interface RequestOptions {
  readonly subject: readonly NameAttribute[]
  readonly privateKey: KeyObject
  /** The challenge of SCEP. */
  readonly challengePassword?: string
}

/** Writes a certification request (PKCS#10, RFC 2986), signed with SHA-256: what a device sends. */
export function createCertificateRequest({ subject, privateKey, challengePassword }: RequestOptions): Uint8Array {
  const challenge = challengePassword === undefined ? [] : [challengeAttribute(challengePassword)]
  const publicKeyInfo = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const info = sequence(integer(0), encodeName(subject), publicKeyInfo, context(0, ...challenge))
  return sequence(info, sha256With(privateKey), bitString(sign('sha256', info, privateKey)))
}

function challengeAttribute(value: string): Uint8Array {
  return sequence(oid(challengePasswordType), setOf(text(tags.utf8String, value)))
}

/** The signature algorithm of a key with SHA-256 (RFC 4055 §5, RFC 5758 §3.2). */
export function sha256With(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType === 'ec') return writeAlgorithm('1.2.840.10045.4.3.2')
  return writeAlgorithm('1.2.840.113549.1.1.11', nullValue)
}
