/** What became of one test. */
export interface TestResult {
  readonly file: string
  readonly name: string
  readonly passed: boolean
  /** Seconds that it took. */
  readonly seconds: number
  readonly steps: readonly StepResult[]
  /** Why it could not be run to its end. */
  readonly failure: string | null
}

export interface StepResult {
  /** For people: `after 90s, passcode.comply`. */
  readonly label: string
  readonly mismatches: readonly Mismatch[]
}

/** Something that is not as expected, with the activations that decide about it. */
export interface Mismatch {
  readonly identifier: string
  readonly expected: string
  readonly found: string
  readonly activations: readonly Decided[]
}

/** An activation on the device, and what its predicate turned on. */
export interface Decided {
  readonly activation: string
  readonly active: boolean
  readonly predicate: string | null
  /** The part of the predicate that decided, what it came to, and with which values; or what the device says instead. */
  readonly because: string
  readonly values: readonly { readonly term: string; readonly value: string; readonly origin: string }[]
}
