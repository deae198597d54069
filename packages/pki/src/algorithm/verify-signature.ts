import { constants, type KeyObject, verify } from 'node:crypto'
import { PkiError } from '../pki-error.ts'
import type { Digest } from './digest.ts'
import type { SignatureScheme } from './signature-scheme.ts'

/**
 * Whether `signature` over `bytes` was made with the private half of `key`. The scheme must fit the key's type, and name no
 * other digest than `digest`. @throws {PkiError} `algorithm-mismatch`
 */
export function verifySignature(
  scheme: SignatureScheme,
  digest: Digest,
  key: KeyObject,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (scheme.digest !== undefined && scheme.digest !== digest) {
    throw mismatch(`the signature says ${scheme.digest}`, digest)
  }
  const type = key.asymmetricKeyType ?? 'no key type'
  const fits =
    scheme.kind === 'ecdsa' ? type === 'ec' : type === 'rsa' || (type === 'rsa-pss' && scheme.kind === 'rsa-pss')
  if (!fits) throw mismatch(`a signature of kind ${scheme.kind} under a key of type ${type}`, 'one kind')
  try {
    if (scheme.kind !== 'rsa-pss') return verify(digest, bytes, key, signature)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return verify(digest, bytes, { key, padding, saltLength: scheme.saltLength }, signature)
  } catch {
    // OpenSSL throws for what cannot be a signature of this key at all, such as a restricted PSS key.
    return false
  }
}

function mismatch(found: string, expected: string): PkiError {
  return new PkiError('algorithm-mismatch', `Cannot verify: found ${found}, expected ${expected}`, { found, expected })
}
