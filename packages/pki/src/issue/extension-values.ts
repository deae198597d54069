import { hash } from 'node:crypto'
import { type Extension, extensionTypes, type KeyUsage, keyUsageBits } from '../certificate/extensions.ts'
import { readWhole } from '../der/read-whole.ts'
import { bitString, boolean, contextPrimitive, integer, octetString, oid, sequence } from '../der/writer.ts'

/** An authority that may issue to ends only (path length 0), or an end. Critical, as RFC 5280 §4.2.1.9 wants it. */
export function basicConstraints(authority: boolean): Extension {
  const value = authority ? sequence(boolean(true), integer(0)) : sequence()
  return { oid: extensionTypes.basicConstraints, critical: true, value }
}

export function keyUsage(...usages: readonly KeyUsage[]): Extension {
  const bits = usages.map((usage) => keyUsageBits[usage])
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0)
  // DER drops zero bits at the end of a named bit list (X.690 §11.2.2).
  return { oid: extensionTypes.keyUsage, critical: true, value: bitString(Uint8Array.of(octet), 7 - Math.max(...bits)) }
}

export function extendedKeyUsage(...purposes: readonly string[]): Extension {
  return { oid: extensionTypes.extendedKeyUsage, critical: false, value: sequence(...purposes.map(oid)) }
}

/** URIs as alternative names: where Edict puts whom a certificate speaks for. */
export function uriNames(...uris: readonly string[]): Extension {
  const names = uris.map((uri) => contextPrimitive(6, Buffer.from(uri, 'ascii')))
  return { oid: extensionTypes.subjectAltName, critical: false, value: sequence(...names) }
}

export function subjectKeyIdentifier(identifier: Uint8Array): Extension {
  return { oid: extensionTypes.subjectKeyIdentifier, critical: false, value: octetString(identifier) }
}

export function authorityKeyIdentifier(identifier: Uint8Array): Extension {
  return {
    oid: extensionTypes.authorityKeyIdentifier,
    critical: false,
    value: sequence(contextPrimitive(0, identifier)),
  }
}

/** The first 160 bits of the SHA-256 of the key (RFC 7093 §2 method 1), from a SubjectPublicKeyInfo in DER. */
export function keyIdentifier(publicKeyInfo: Uint8Array): Uint8Array {
  const key = readWhole(publicKeyInfo, (reader) => {
    const info = reader.sequence()
    info.sequence()
    return info.bitString()
  })
  return hash('sha256', key, 'buffer').subarray(0, 20)
}
