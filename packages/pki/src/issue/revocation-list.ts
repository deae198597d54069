import { sign } from 'node:crypto'
import { extensionTypes } from '../certificate/extensions.ts'
import { type KeyPair, refuseForeignKey } from '../cms/key-pair.ts'
import { bitString, context, integer, octetString, oid, sequence, time, unsignedInteger } from '../der/writer.ts'
import { sha256With } from './create-certificate-request.ts'
import { authorityKeyIdentifier, keyIdentifier } from './extension-values.ts'

export interface Revocation {
  /** Content of the serial number's INTEGER. */
  readonly serial: Uint8Array
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface RevocationListOptions {
  readonly revoked: readonly Revocation[]
  /** Grows with every list. */
  readonly number: number
  /** When the list is made and when the next one will be, in milliseconds since 1970. */
  readonly now: number
  readonly next: number
}

/** Signs the list of certificates that an authority has revoked (RFC 5280 §5), in DER. @throws {PkiError} `key-mismatch` */
export function createRevocationList(authority: KeyPair, options: RevocationListOptions): Uint8Array {
  refuseForeignKey(authority)
  const { certificate, privateKey } = authority
  const algorithm = sha256With(privateKey)
  const entries = options.revoked.map(({ serial, at }) => sequence(unsignedInteger(serial), time(at)))
  const issuerKey = authorityKeyIdentifier(certificate.subjectKeyIdentifier ?? keyIdentifier(certificate.publicKeyInfo))
  const extensions = sequence(
    sequence(oid(issuerKey.oid), octetString(issuerKey.value)),
    sequence(oid(extensionTypes.crlNumber), octetString(integer(options.number))),
  )
  const list = sequence(
    integer(1),
    algorithm,
    certificate.subject,
    time(options.now),
    time(options.next),
    // A list without entries must not have an empty one (RFC 5280 §5.1.2.6).
    ...(entries.length > 0 ? [sequence(...entries)] : []),
    context(0, extensions),
  )
  return sequence(list, algorithm, bitString(sign('sha256', list, privateKey)))
}
