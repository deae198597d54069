import type { Instant } from '../../instant.ts'

/** One HTTP message between a device and any server, as somebody recorded it. */
export interface Captured {
  /** Line of the file, or number of the entry, from 1 on. */
  readonly entry: number
  readonly at: Instant
  /** A request comes from the device, a response from the server. */
  readonly direction: 'request' | 'response'
  /** `asset`: what a declaration points to, which is got with GET. */
  readonly endpoint: 'checkin' | 'connect' | 'asset'
  /** Of a response. */
  readonly status: number | null
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Null: it was not recorded. */
  readonly body: Uint8Array | null
  /** Of an asset. */
  readonly url?: string
  /** The same for a request and its response, where the record says so. */
  readonly exchange?: string
}

/** A line that cannot be used. */
export interface CaptureProblem {
  readonly entry: number
  readonly message: string
  readonly expected: string
}

export interface ReadCapture {
  readonly messages: readonly Captured[]
  readonly problems: readonly CaptureProblem[]
}
