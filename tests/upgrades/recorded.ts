/** A value of a row, as it stands in JSON. */
export type Value = string | number | null | { readonly bytes: string }

/** A database of an earlier version, and what one of its devices had. */
export interface Recorded {
  /** Milliseconds since the epoch: certificates and invitations count from here. */
  readonly at: number
  readonly device: {
    readonly id: string
    /** DER in base64, and PKCS #8. */
    readonly certificate: string
    readonly privateKey: string
    /** Token of the manifest that it collected last. */
    readonly collected: string | null
  }
  /** Path of an invitation that was not used. */
  readonly invitation: string
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>
}
