import { type AlgorithmIdentifier, writeAlgorithm } from '../algorithm/identifier.ts'
import { readWhole } from '../der/read-whole.ts'
import { octetString } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'

/** Ciphers for content (RFC 3565, RFC 8894 §2.9), in CBC mode. */
export type ContentCipher = 'aes-128' | 'aes-192' | 'aes-256' | '3des'

/** What is read besides, where the caller allows it: single DES (RFC 8894 §2.9 forbids it), which anybody can break. */
export type ReadableCipher = ContentCipher | 'des'

interface CipherFacts {
  readonly oid: string
  /** As OpenSSL calls it. */
  readonly openssl: string
  readonly keyLength: number
  readonly blockLength: number
  /** How often the key is repeated for OpenSSL. */
  readonly repeated?: number
}

export const cipherFacts: Readonly<Record<ReadableCipher, CipherFacts>> = {
  'aes-128': { oid: '2.16.840.1.101.3.4.1.2', openssl: 'aes-128-cbc', keyLength: 16, blockLength: 16 },
  'aes-192': { oid: '2.16.840.1.101.3.4.1.22', openssl: 'aes-192-cbc', keyLength: 24, blockLength: 16 },
  'aes-256': { oid: '2.16.840.1.101.3.4.1.42', openssl: 'aes-256-cbc', keyLength: 32, blockLength: 16 },
  '3des': { oid: '1.2.840.113549.3.7', openssl: 'des-ede3-cbc', keyLength: 24, blockLength: 8 },
  // OpenSSL 3 has no single DES, but triple DES with one key three times is the same.
  des: { oid: '1.3.14.3.2.7', openssl: 'des-ede3-cbc', keyLength: 8, blockLength: 8, repeated: 3 },
}
const ciphers = new Map(Object.entries(cipherFacts).map(([name, { oid }]) => [oid, name as ReadableCipher]))

/** The cipher an identifier names, and its initialization vector. @throws {PkiError} `algorithm-unsupported` */
export function contentCipher(
  { oid, parameters }: AlgorithmIdentifier,
  des: boolean,
): { readonly cipher: ReadableCipher; readonly vector: Uint8Array } {
  const known = ciphers.get(oid)
  const cipher = known === 'des' && !des ? undefined : known
  const vector = cipher && parameters ? readWhole(parameters, (reader) => reader.octetString()) : undefined
  if (!cipher || !vector || vector.length !== cipherFacts[cipher].blockLength) {
    throw new PkiError('algorithm-unsupported', `Cannot decrypt CMS: found the cipher ${oid}`, {
      found: oid,
      expected: 'AES or triple DES in CBC mode',
    })
  }
  return { cipher, vector }
}

export function writeContentCipher(cipher: ContentCipher, vector: Uint8Array): Uint8Array {
  return writeAlgorithm(cipherFacts[cipher].oid, octetString(vector))
}
