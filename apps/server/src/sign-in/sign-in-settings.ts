import type { AccountMode } from '@edict/core'
import type { IdentityProvider } from './identity-provider.ts'

/** Whether and how people sign in. */
export interface SignInSettings {
  /** What account-driven enrollment is offered for, what is preferred first; empty when it is not. */
  readonly modes: readonly AccountMode[]
  /** Null: people sign in with an account of this server. */
  readonly provider: IdentityProvider | null
}
