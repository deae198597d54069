import type { Certificate } from '@edict/pki'

/** How a request proved who made it. */
export type ProofKind = 'tls' | 'signature' | 'proxy'

/** A certificate whose holder made this request, and that one of ours stands behind. Whom it speaks for is another question. */
export interface Proven {
  readonly certificate: Certificate
  readonly by: ProofKind
  /** The access token that came with the request; null when there is none. It stands beside the certificate and never for it. */
  readonly token: string | null
}
