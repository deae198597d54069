import type { KeyObject } from 'node:crypto'
import { PkiError } from '../pki-error.ts'

const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/**
 * Refuses keys that somebody could guess or that nothing here can use: RSA below `minimumRsaBits` (default 2048), above 8192 bits
 * (slow on purpose), or with an exponent that is even or 1; curves other than P-256, P-384 and P-521; other types.
 * @throws {PkiError} `key-weak`
 */
export function refuseWeakKey(key: KeyObject, minimumRsaBits = 2048): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'ec') {
    if (curves.has(details?.namedCurve ?? '')) return
    throw refuse(details?.namedCurve ?? 'a curve without a name')
  }
  if (type !== 'rsa' && type !== 'rsa-pss') throw refuse(type ?? 'no key')
  const { modulusLength = 0, publicExponent = 0n } = details ?? {}
  if (modulusLength < minimumRsaBits || modulusLength > 8192) throw refuse(`RSA with ${modulusLength} bits`)
  if (publicExponent < 3n || publicExponent % 2n === 0n) throw refuse(`RSA with exponent ${publicExponent}`)
}

function refuse(found: string): PkiError {
  return new PkiError('key-weak', `Cannot accept key: found ${found}`, {
    found,
    expected: 'RSA of 2048 bits or more, or P-256',
  })
}
