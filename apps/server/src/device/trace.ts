import type { ProofKind } from '../identity/proven.ts'

/** What is noted of one request of a device, in one line. */
export interface Trace {
  endpoint: string
  enrollment: string | null
  /** How the sender proved to hold a certificate, and the certificate's fingerprint; null before it did. */
  proof: ProofKind | null
  certificate: string | null
}

export function newTrace(): Trace {
  return { endpoint: 'unread', enrollment: null, proof: null, certificate: null }
}
