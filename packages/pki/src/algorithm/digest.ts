import { hash } from 'node:crypto'
import { nullValue } from '../der/writer.ts'
import { PkiError } from '../pki-error.ts'
import { type AlgorithmIdentifier, hasNoParameters, writeAlgorithm } from './identifier.ts'

export type Digest = 'sha1' | 'sha256' | 'sha384' | 'sha512'

const identifiers: Readonly<Record<Digest, string>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}
const names = new Map(Object.entries(identifiers).map(([name, oid]) => [oid, name as Digest]))

/** The digest an identifier names. MD5 and unknown ones throw. @throws {PkiError} `algorithm-unsupported` */
export function digestOf(identifier: AlgorithmIdentifier): Digest {
  const digest = names.get(identifier.oid)
  if (!digest || !hasNoParameters(identifier)) {
    throw new PkiError('algorithm-unsupported', `Cannot digest: found the algorithm ${identifier.oid}`, {
      found: identifier.oid,
      expected: 'SHA-256, SHA-384, SHA-512, or SHA-1 where it is allowed',
    })
  }
  return digest
}

/** Digests in a stranger's word: SHA-1 only where the caller allows it. @throws {PkiError} `algorithm-weak` */
export function refuseWeakDigest(digest: Digest, sha1: boolean): void {
  if (digest === 'sha1' && !sha1) {
    throw new PkiError('algorithm-weak', 'Cannot verify: SHA-1 is not allowed here', {
      found: 'sha1',
      expected: 'sha256',
    })
  }
}

export function writeDigestAlgorithm(digest: Digest): Uint8Array {
  return writeAlgorithm(identifiers[digest], nullValue)
}

/** The digest of the octets. */
export function digestBytes(digest: Digest, bytes: Uint8Array): Uint8Array {
  return hash(digest, bytes, 'buffer')
}
