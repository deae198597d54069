import type { KeyPair } from '@edict/pki'
import type { Clock } from './clock.ts'
import type { DeviceKind } from './device-kind.ts'
import type { DeviceState } from './device-state.ts'
import type { KeySource } from './enroll/key-source.ts'
import type { SignIn } from './enroll/way.ts'
import type { Switches } from './switches.ts'
import type { Transport } from './transport.ts'

export interface DeviceOptions {
  readonly kind: DeviceKind
  /** Everything that is arbitrary about the device (identifiers, tokens, choices) follows from this text. */
  readonly seed: string
  readonly transport: Transport
  readonly clock: Clock
  /** The push topic when no enrollment profile says it; default `com.apple.mgmt.External.edict`. */
  readonly topic?: string
  readonly osVersion?: string
  /** Default: true for what schools and companies own, false for `byod-…`. */
  readonly supervised?: boolean
  readonly udid?: string
  readonly serialNumber?: string
  readonly productName?: string
  /** Short names of a Mac's users (default one), or Managed Apple Accounts of a Shared iPad's (default two). */
  readonly users?: readonly string[]
  /** Short names of a Mac's network users. They are managed from `logIn` on, if the server agrees each time. */
  readonly networkUsers?: readonly string[]
  /** Seconds that changes are gathered before they are reported, from the first one on. Default 60. */
  readonly aggregate?: number
  readonly switches?: Partial<Switches>
  /** The key that its maker gave it, with its certificate: it signs what the device says of itself. Default: a key of its own making. */
  readonly appleIdentity?: KeyPair
  /** Where its private keys come from; by default each is made anew. */
  readonly keys?: KeySource
  /** Signs in again for a device that goes on from a `state`: who did so when it enrolled is not kept. */
  readonly signIn?: SignIn
  /** What `save` gave: the device goes on from there. Its kind and seed must be the same. */
  readonly state?: DeviceState
}
