/**
 * How a device comes to its enrollment profile: it has the bytes (a `.mobileconfig` that a person opened), or it asks for them in
 * one of Apple's ways. A further way is one more member here and one more case in `obtain-profile.ts`; what comes after the
 * profile is the same for all.
 */
export type Way = Uint8Array | AccountWay

/** Account-driven enrollment: a person types an account into Settings and signs in. */
export interface AccountWay {
  readonly kind: 'account'
  /** What the person typed: `ada@school.example`. */
  readonly identifier: string
  readonly signIn: SignIn
  /** Asked in place of `https://` and the domain of the identifier, without a slash at its end. */
  readonly discovery?: string
}

/**
 * A person in an authentication session: opens the URL, signs in there, and gives the URL that the session ended with. Rejects
 * when they gave up.
 */
export type SignIn = (url: string) => Promise<string>

/** Whether an attempt is one more of the same: by the same bytes, or by the very same way. */
export function isSameWay(one: Way, other: Way): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.from(one).equals(other)
  return one === other
}
