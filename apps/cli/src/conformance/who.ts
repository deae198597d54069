import type { Sealed } from '@edict/device'
import type { IdentityKeys } from '@edict/protocol'

/** The device that examines: its name, where it speaks, and how it proves who it is. */
export interface Who {
  readonly keys: IdentityKeys
  readonly topic: string
  readonly checkInUrl: string
  readonly connectUrl: string
  /** How a message travels that proves who sent it; null where nothing does. */
  readonly seal: (body: Uint8Array, to: 'checkInUrl' | 'serverUrl') => Sealed | null
  /** Whether there is an identity that the server knows. */
  readonly proven: boolean
}
