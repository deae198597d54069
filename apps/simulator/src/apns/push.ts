/** A push as it came. */
export interface Push {
  /** In hex, as in the path. */
  readonly token: string
  readonly topic: string
  readonly magic: string
  /** Until when it is kept for a device that cannot be reached, in milliseconds since 1970; 0: not at all. */
  readonly expires: number
}

/** What the double says to a push that it does not accept. */
export interface PushRefusal {
  readonly status: number
  readonly reason: string
  /** Seconds, as Retry-After says them. */
  readonly retryAfter?: number
  /** With 410: since when the token is of no use, in milliseconds since 1970; now when absent. */
  readonly since?: number
}
