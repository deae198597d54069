import type { AccountMode } from '@edict/core'

/**
 * Why somebody signs in. A further purpose is one more member here and one more entry of the table in `purposes.ts`, which says what
 * an account is given that signed in for it. The page, passwords, the identity provider, waiting, and what keeps a session to its
 * browser are the same for all: whoever has a purpose begins with `beginSignIn`.
 */
export type Purpose =
  | {
      /** A device that enrolls by an account, or whose access token is no longer good. */
      readonly kind: 'account'
      readonly mode: AccountMode
    }
  | {
      /** A device that enrolls by itself, in the web view of Setup Assistant. */
      readonly kind: 'automated'
      readonly serial: string
      readonly udid: string
    }

/** An account whose holder has just proved to be that. */
export interface SignedIn {
  /** In lower case. */
  readonly name: string
  readonly managedAppleAccount: string
}
