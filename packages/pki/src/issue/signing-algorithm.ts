import type { KeyObject } from 'node:crypto'
import { PkiError } from '../pki-error.ts'

/** How a key signs certificates, in the words of Web Cryptography. */
export type SigningAlgorithm =
  | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: 'SHA-256' }
  | { readonly name: 'ECDSA'; readonly hash: 'SHA-256' | 'SHA-384'; readonly namedCurve: 'P-256' | 'P-384' }

/** @throws {PkiError} `key-unsupported` for keys other than RSA, P-256 and P-384 */
export function signingAlgorithm(key: KeyObject): SigningAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  if (details?.namedCurve === 'prime256v1') return { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' }
  if (details?.namedCurve === 'secp384r1') return { name: 'ECDSA', hash: 'SHA-384', namedCurve: 'P-384' }
  throw new PkiError('key-unsupported', `Cannot sign certificates: found a key of type ${type}`, {
    found: details?.namedCurve ?? type,
    expected: 'RSA, P-256 or P-384',
  })
}
