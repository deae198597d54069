import { createPrivateKey } from 'node:crypto'
import { createMdmSignature, encodePem, type KeyPair, readCertificate } from '@edict/pki'
import type { Sealed, TlsTerms } from '../transport.ts'
import type { ManagementTerms } from './enrollment-profile.ts'

/** An installed enrollment profile as JSON: bytes are base64. */
export interface SavedManagementProfile {
  readonly terms: ManagementTerms
  readonly certificate: string
  /** PKCS#8. */
  readonly privateKey: string
  readonly authorities: readonly string[]
}

/** The enrollment profile that a device has installed, with the identity that it brought. */
export class ManagementProfile {
  readonly terms: ManagementTerms
  readonly identity: KeyPair
  readonly tls: TlsTerms
  readonly #authorities: readonly Uint8Array[]

  constructor(terms: ManagementTerms, identity: KeyPair, authorities: readonly Uint8Array[]) {
    this.terms = terms
    this.identity = identity
    this.#authorities = authorities
    this.tls = {
      authorities: authorities.map(certificatePem),
      identity: {
        certificate: certificatePem(identity.certificate.der),
        key: identity.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    }
  }

  static restore({ terms, certificate, privateKey, authorities }: SavedManagementProfile): ManagementProfile {
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' })
    const identity = { certificate: readCertificate(bytes(certificate)), privateKey: key }
    return new ManagementProfile(terms, identity, authorities.map(bytes))
  }

  save(): SavedManagementProfile {
    const { certificate, privateKey } = this.identity
    return {
      terms: this.terms,
      certificate: base64(certificate.der),
      privateKey: base64(privateKey.export({ type: 'pkcs8', format: 'der' })),
      authorities: this.#authorities.map(base64),
    }
  }

  /** In DER: its own, then those that it trusts. */
  certificates(): readonly Uint8Array[] {
    return [this.identity.certificate.der, ...this.#authorities]
  }

  /** For the header `Mdm-Signature`, where the profile says `SignMessage`. `now` is milliseconds since 1970. */
  sign(body: Uint8Array, now: number): string | undefined {
    return this.terms.signMessage ? createMdmSignature(body, this.identity, now) : undefined
  }

  /** How a message to one of the two URLs travels. `now` is milliseconds since 1970. */
  seal(body: Uint8Array, to: 'checkInUrl' | 'serverUrl', now: number): Sealed {
    const signature = this.sign(body, now)
    return { url: this.terms[to], ...(signature === undefined ? {} : { signature }), tls: this.tls }
  }
}

export function certificatePem(der: Uint8Array): string {
  return encodePem(der, 'CERTIFICATE')
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

function base64(content: Uint8Array): string {
  return Buffer.from(content).toString('base64')
}
