import type { Capabilities } from './capabilities.ts'
import type { Clock } from './clock.ts'
import type { Identity } from './identity.ts'
import type { ModelState } from './model-state.ts'
import type { Switches } from './switches.ts'
import type { Traits } from './traits.ts'
import type { Wire } from './wire.ts'

/** What a channel needs of the device it belongs to. */
export interface CoreDevice {
  readonly seed: string
  readonly traits: Traits
  readonly identity: Identity
  readonly switches: Switches
  /** Milliseconds that changes are gathered. */
  readonly aggregate: number
  readonly clock: Clock
  readonly wire: Wire
  /** The push topic: the enrollment profile's, or the one it was made with. */
  readonly topic: string
  readonly model: ModelState
  capabilities(kind: 'device' | 'user'): Capabilities
  /** Passcode policies in force on the whole device. */
  policies(): readonly string[]
  /** Something that any channel may report or evaluate has changed. */
  changed(): void
  /** An arbitrary number from 0 to 1, another one each time. */
  draw(): number
}
