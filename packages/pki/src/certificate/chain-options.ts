import type { Certificate } from './certificate.ts'

/** Purposes of ExtendedKeyUsage (RFC 5280 §4.2.1.12). */
export const clientAuth = '1.3.6.1.5.5.7.3.2'
export const anyPurpose = '2.5.29.37.0'

export interface ChainOptions {
  /** Trust anchors. One that signed the certificate, or one of the intermediates above it, must be among them. */
  readonly roots: readonly Certificate[]
  /** Certificates that came along and may lie between; none of them is trusted by itself. */
  readonly intermediates?: readonly Certificate[]
  /** Milliseconds since 1970. */
  readonly now: number
  /** A purpose (dotted decimal, such as `clientAuth`) that the certificate must be for, and no authority may exclude. */
  readonly purpose?: string
  /** Allows SHA-1 signatures. Default false. */
  readonly sha1?: boolean
  /** RSA keys below this are refused. Default 2048 bits. */
  readonly minimumRsaBits?: number
  /** `ignored`: authorities may be expired, as Apple's iPhone Device CA is; the certificate itself never. Default `checked`. */
  readonly authorityDates?: 'checked' | 'ignored'
}
