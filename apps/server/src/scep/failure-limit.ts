/** Slows down whoever fails again and again. */
export interface FailureLimit {
  /** Milliseconds until this caller may try; 0 when now. */
  waitOf(caller: string, now: number): number
  failed(caller: string, now: number): void
  /** How many callers are remembered. */
  readonly size: number
}

export interface FailureRules {
  /** Failures that a caller may make at once. */
  readonly burst: number
  /** Milliseconds after which one of them is forgiven. */
  readonly forgivenAfter: number
  /** Callers that are remembered; of more the one that failed longest ago is forgotten. */
  readonly remembered: number
}

/**
 * Counts failures only, so that a school behind one address can enroll all at once, and remembers a fixed number of callers, so
 * that many addresses cannot fill the memory: they only get what a stranger gets.
 */
export function createFailureLimit({ burst, forgivenAfter, remembered }: FailureRules): FailureLimit {
  /** When the last failure of a caller will be forgiven. Those who failed longest ago come first. */
  const forgiven = new Map<string, number>()
  return {
    waitOf: (caller, now) => Math.max(0, (forgiven.get(caller) ?? now) - now - (burst - 1) * forgivenAfter),
    failed: (caller, now) => {
      const debt = Math.max(forgiven.get(caller) ?? now, now) + forgivenAfter
      forgiven.delete(caller)
      forgiven.set(caller, debt)
      const [oldest] = forgiven.keys()
      if (forgiven.size > remembered && oldest !== undefined) forgiven.delete(oldest)
    },
    get size() {
      return forgiven.size
    },
  }
}
