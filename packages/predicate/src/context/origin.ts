/** Where the value of a status item, or its absence, comes from. */
export interface Origin {
  readonly state: 'present' | 'absent' | 'unsupported' | 'not-subscribed' | 'never-reported'
  /** When the device said so, as a text for people. */
  readonly reportedAt?: string
}
