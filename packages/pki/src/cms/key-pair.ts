import type { KeyObject } from 'node:crypto'
import type { Certificate } from '../certificate/certificate.ts'
import { PkiError } from '../pki-error.ts'

/** A certificate and its private key: a signer, or who may decrypt. */
export interface KeyPair {
  readonly certificate: Certificate
  readonly privateKey: KeyObject
}

/** A signature under somebody else's certificate would only be noticed by who receives it. */
export function refuseForeignKey({ certificate, privateKey }: KeyPair): void {
  if (!certificate.x509.checkPrivateKey(privateKey)) {
    throw new PkiError('key-mismatch', 'Cannot use certificate: the private key belongs to another one', {
      found: certificate.x509.subject,
    })
  }
}
