import { createPublicKey, type KeyObject } from 'node:crypto'
import { encodeName, type NameAttribute } from '../certificate/name.ts'
import type { KeyPair } from '../cms/key-pair.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  keyIdentifier,
  keyUsage,
  subjectKeyIdentifier,
} from './extension-values.ts'
import { type KeyType, newPrivateKey } from './key-type.ts'
import { randomSerial } from './serial.ts'
import { signCertificate } from './sign-certificate.ts'

export interface AuthorityOptions {
  readonly name: readonly NameAttribute[]
  readonly key: KeyType | KeyObject
  /** Milliseconds since 1970. */
  readonly now: number
  readonly days: number
  /** Default: 16 random octets. */
  readonly serial?: Uint8Array
}

export const day = 86_400_000
/** Certificates are dated back by this, for devices whose clocks are slow. Milliseconds. */
export const backdating = 3_600_000

/**
 * Makes an authority: a self-signed certificate that may issue to ends, and its key. With an RSA key it may also take and answer
 * SCEP messages itself. @throws {PkiError} `name`, `validity`, `key-unsupported`
 */
export async function createAuthority({ name, key, now, days, serial }: AuthorityOptions): Promise<KeyPair> {
  const privateKey = typeof key === 'string' ? await newPrivateKey(key) : key
  const publicKey = createPublicKey(privateKey)
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' })
  const identifier = keyIdentifier(publicKeyInfo)
  const subject = encodeName(name)
  const forScep = privateKey.asymmetricKeyType === 'rsa' ? (['digitalSignature', 'keyEncipherment'] as const) : []
  const fields = {
    serial: serial ?? randomSerial(),
    issuer: subject,
    subject,
    notBefore: now - backdating,
    notAfter: now + days * day,
    publicKeyInfo,
    extensions: [
      basicConstraints(true),
      keyUsage('keyCertSign', 'crlSign', ...forScep),
      subjectKeyIdentifier(identifier),
      authorityKeyIdentifier(identifier),
    ],
  }
  return { certificate: await signCertificate(fields, privateKey, publicKey), privateKey }
}
