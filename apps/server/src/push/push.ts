import type { Instant, PushTarget } from '@edict/core'

/** What became of one push. Reasons are the service's word or ours. */
export type Pushed =
  | { readonly kind: 'accepted' }
  /** It will be so again: counted, and nothing more. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The token has gone, since when the service says. */
  | { readonly kind: 'retired'; readonly reason: string; readonly since: Instant | null }
  /** To be sent from `at` on. `held`: so is every other push by this certificate. */
  | { readonly kind: 'later'; readonly reason: string; readonly at: Instant; readonly held: boolean }

/** Something that makes a device connect. */
export interface Push {
  send(target: PushTarget): Promise<Pushed>
  close(): Promise<void>
}
