/** What a session proves itself with: a push certificate with its chain, and its key, in PEM. */
export interface Credentials {
  readonly cert: string
  readonly key: string
  /** SHA-256 of the certificate: tells a new one from the old. */
  readonly fingerprint: string
}
