import type { Certificate, CertificateRequest } from '@edict/pki'

/** Somebody who has proved to hold a key asks for a certificate for it. */
export interface Asked {
  readonly request: CertificateRequest
  /** What the asking calls itself, for the record. */
  readonly transactionId: string
  /**
   * What gives the right: the challenge inside the request, or the certificate that signed the asking. The caller has verified
   * that signature, and nothing else.
   */
  readonly by: 'challenge' | Certificate
}

export type RefusedFor =
  | 'challenge-missing'
  | 'challenge-unknown'
  | 'challenge-expired'
  | 'challenge-used'
  | 'renewal-untrusted'
  | 'renewal-revoked'
  | 'renewal-not-enrolled'
  | 'renewal-used'
  | 'certificate-revoked'

export type Granted =
  | {
      /** `repeated`: the same asking again, whose answer was lost. */
      readonly kind: 'issued' | 'repeated'
      readonly certificate: Certificate
      readonly authority: Certificate
      readonly enrollment: string | null
    }
  | { readonly kind: 'refused'; readonly reason: RefusedFor }
