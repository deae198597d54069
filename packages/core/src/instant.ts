/** Milliseconds since the epoch; always an argument, never read from a clock here. */
export type Instant = number
