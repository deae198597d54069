import { readWhole } from '../der/read-whole.ts'
import type { DerReader } from '../der/reader.ts'
import { contextTag, tags } from '../der/tag.ts'
import { PkiError } from '../pki-error.ts'

/** Extensions of certificates that Edict knows (RFC 5280 §4.2.1). */
export const extensionTypes = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** What the extension's octet string holds. */
  readonly value: Uint8Array
}

export interface BasicConstraints {
  readonly authority: boolean
  readonly pathLength: number | undefined
}

export type KeyUsage = 'digitalSignature' | 'keyEncipherment' | 'keyCertSign' | 'crlSign'

/** Position in the bit string of KeyUsage (RFC 5280 §4.2.1.3). */
export const keyUsageBits: Readonly<Record<KeyUsage, number>> = {
  digitalSignature: 0,
  keyEncipherment: 2,
  keyCertSign: 5,
  crlSign: 6,
}

/** Reads Extensions; the same one twice is refused. @throws {PkiError} `extension-twice` */
export function readExtensions(reader: DerReader): readonly Extension[] {
  const extensions: Extension[] = []
  const list = reader.sequence()
  while (!list.done) {
    const one = list.sequence()
    const at = one.offset
    const oid = one.oid()
    const critical = one.peek() === tags.boolean ? one.boolean() : false
    const value = one.octetString()
    one.finish()
    if (extensions.some((other) => other.oid === oid)) {
      throw new PkiError('extension-twice', `Cannot read extensions: ${oid} stands twice`, { offset: at, found: oid })
    }
    extensions.push({ oid, critical, value })
  }
  return extensions
}

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  return readWhole(value, (reader) => {
    const inner = reader.sequence()
    const authority = inner.peek() === tags.boolean ? inner.boolean() : false
    const pathLength = inner.done ? undefined : inner.smallInteger()
    inner.finish()
    return { authority, pathLength }
  })
}

export function readKeyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const [, ...octets] = readWhole(value, (reader) => reader.content(tags.bitString))
  const has = (bit: number) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  const usages = Object.entries(keyUsageBits) as readonly [KeyUsage, number][]
  return new Set(usages.filter(([, bit]) => has(bit)).map(([usage]) => usage))
}

/** The purposes (dotted decimal) of ExtendedKeyUsage. */
export function readExtendedKeyUsage(value: Uint8Array): readonly string[] {
  return readWhole(value, (reader) => {
    const inner = reader.sequence()
    const purposes: string[] = []
    while (!inner.done) purposes.push(inner.oid())
    return purposes
  })
}

export function readSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  return readWhole(value, (reader) => reader.octetString())
}

/** The key identifier in AuthorityKeyIdentifier; issuer and serial beside it are not needed to find an issuer. */
export function readAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  return readWhole(value, (reader) => {
    const inner = reader.sequence()
    const tag = contextTag(0, 'primitive')
    const identifier = inner.peek() === tag ? inner.content(tag) : undefined
    while (!inner.done) inner.raw()
    return identifier
  })
}
