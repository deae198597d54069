import { sameBytes } from '../bytes.ts'
import type { Certificate } from '../certificate/certificate.ts'
import type { DerReader } from '../der/reader.ts'
import { contextTag, tags } from '../der/tag.ts'
import { element, sequence } from '../der/writer.ts'

/** How CMS names whose key was or is to be used: SignerIdentifier and RecipientIdentifier (RFC 5652 §5.3, §6.2.1). */
export type KeyHolder =
  | { readonly kind: 'issuer-and-serial'; readonly issuer: Uint8Array; readonly serial: Uint8Array }
  | { readonly kind: 'key-identifier'; readonly identifier: Uint8Array }

export function readKeyHolder(reader: DerReader): KeyHolder {
  const tag = contextTag(0, 'primitive')
  if (reader.peek() === tag) return { kind: 'key-identifier', identifier: reader.content(tag) }
  return readIssuerAndSerial(reader)
}

function readIssuerAndSerial(reader: DerReader): KeyHolder & { readonly kind: 'issuer-and-serial' } {
  const inner = reader.sequence()
  const holder = { kind: 'issuer-and-serial', issuer: inner.raw(tags.sequence), serial: inner.integer() } as const
  inner.finish()
  return holder
}

/** IssuerAndSerialNumber of a certificate. */
export function writeIssuerAndSerial({ issuer, serial }: Pick<Certificate, 'issuer' | 'serial'>): Uint8Array {
  return sequence(issuer, element(tags.integer, serial))
}

/** Whether the certificate is the one that is named. */
export function names(holder: KeyHolder, certificate: Certificate): boolean {
  if (holder.kind === 'issuer-and-serial') {
    return sameBytes(holder.serial, certificate.serial) && sameBytes(holder.issuer, certificate.issuer)
  }
  const { subjectKeyIdentifier } = certificate
  return subjectKeyIdentifier !== undefined && sameBytes(holder.identifier, subjectKeyIdentifier)
}
