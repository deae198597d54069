/** An HTTP answer. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What TLS goes by, once an enrollment profile has said so. All certificates and keys are PEM. */
export interface TlsTerms {
  /** Certificates that the profile brought: trusted beside those of the system. */
  readonly authorities: readonly string[]
  /** Whether they alone are trusted. */
  readonly pinned?: boolean
  /** Shown to a server that asks for a client certificate. */
  readonly identity?: { readonly certificate: string; readonly key: string }
}

/** How a message travels when the enrollment came from a profile. Without one, the transport's own server is meant. */
export interface Sealed {
  /** CheckInURL or ServerURL of the profile. */
  readonly url: string
  /** For the header `Mdm-Signature`, where the profile says `SignMessage`. */
  readonly signature?: string
  /** For the header `Authorization`, after an account-driven enrollment. Not for another server that this one redirects to. */
  readonly authorization?: string
  /** The same object for the same identity: connections can be kept by it. */
  readonly tls: TlsTerms
}

/** Octets of a whole, both included. */
export interface OctetRange {
  readonly start: number
  readonly end: number
}

export interface Post {
  readonly url: string
  readonly type: string
  readonly body: Uint8Array
  /** Further headers, named in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The device's only way out. Each call rejects when there is no answer at all (network, TLS), and only then. */
export interface Transport {
  /** PUT to CheckInURL with `application/x-apple-aspen-mdm-checkin`. */
  checkIn(body: Uint8Array, sealed?: Sealed): Promise<Answer>
  /** PUT to ServerURL with `application/x-apple-aspen-mdm; charset=UTF-8`. */
  connect(body: Uint8Array, sealed?: Sealed): Promise<Answer>
  /** GET of a profile, of asset data, or of what SCEP asks. `signature` is for the header `Mdm-Signature`, `range` for `Range`. */
  fetch(url: string, tls?: TlsTerms, signature?: string, range?: OctetRange): Promise<Answer>
  /** POST of a SCEP message, or of what a device says of itself to get its enrollment profile. */
  post(post: Post, tls?: TlsTerms): Promise<Answer>
}
