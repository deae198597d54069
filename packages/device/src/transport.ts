/** An HTTP answer. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** The device's only way out. Each call rejects when there is no answer at all (network, TLS), and only then. */
export interface Transport {
  /** PUT to CheckInURL with `application/x-apple-aspen-mdm-checkin`. */
  checkIn(body: Uint8Array): Promise<Answer>
  /** PUT to ServerURL with `application/x-apple-aspen-mdm; charset=UTF-8`. */
  connect(body: Uint8Array): Promise<Answer>
  /** GET of a profile or of asset data. */
  fetch(url: string): Promise<Answer>
}
