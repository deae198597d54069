/** How long one push may keep its sender waiting before it is put off, in milliseconds: less than the lease of a wake. */
const PATIENCE = 6000
const FIRST = 400
const LONGEST = 3_600_000
const GROWTH = 4

/** A push that was not taken. */
export interface Attempted {
  /** From 1. */
  readonly attempt: number
  /** What the service asked for, in milliseconds. */
  readonly after: number | null
  /** Milliseconds since the push was first tried. */
  readonly elapsed: number
  /** From 0 to 1, at random: pushes that failed together do not come back together. */
  readonly chance: number
}

/** `wait`: the sender keeps it. `later`: it is put off, and somebody else sends it then. In milliseconds from now. */
export interface Again {
  readonly kind: 'wait' | 'later'
  readonly ms: number
}

/** When a push is tried again: after 0.4, 1.6, 6, 26 s … an hour, give or take half, and never before the service wants it. */
export function pushAgain({ attempt, after, elapsed, chance }: Attempted): Again {
  const own = Math.min(FIRST * GROWTH ** (attempt - 1), LONGEST) * (0.5 + chance)
  const asked = after === null ? 0 : after * (1 + chance / 10)
  const ms = Math.ceil(Math.max(own, asked))
  return { kind: elapsed + ms <= PATIENCE ? 'wait' : 'later', ms }
}
