import type { StatusReason } from '@edict/protocol'
import type { AssetContent } from './asset-content.ts'
import type { Profile } from './profile.ts'

/** The data of an asset, for one ServerToken of its declaration. */
export interface AssetState {
  readonly serverToken: string
  readonly phase: 'working' | 'done' | 'failed'
  readonly reasons: readonly StatusReason[]
  readonly content: AssetContent | null
  /** It failed for a reason that may pass. */
  readonly mayRecover: boolean
}

/** The profile of a legacy configuration, for one ServerToken of it. */
export interface ProfileState {
  readonly serverToken: string
  readonly phase: 'working' | 'done' | 'failed'
  readonly problem: string | null
  /** While a newer one is on its way: the one before. */
  readonly profile: Profile | null
  readonly mayRecover: boolean
}
