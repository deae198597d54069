/** Where an enrollment profile tells devices to find this server, and what they are pushed by. Neither may change later. */
export interface Reach {
  /** Public base URL, without a slash at its end; null when nobody said it and it cannot be guessed. */
  url(): string | null
  /** Topic of the push certificate. */
  readonly topic: string
  /** What clients need to trust this server over TLS, in DER; empty where everybody does, or a proxy speaks TLS. */
  anchors(): readonly Uint8Array[]
}
