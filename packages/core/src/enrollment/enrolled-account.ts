/** Whose device it is: `byod` the person's own, `adde` the organization's. */
export type AccountMode = 'byod' | 'adde'

export const accountModes: readonly AccountMode[] = ['byod', 'adde']

/** Who signed in for an account-driven enrollment. */
export interface EnrolledAccount {
  /** What the person signs in with, in lower case. */
  readonly name: string
  readonly managedAppleAccount: string
  readonly mode: AccountMode
}
