import type { DeclarationKind, JsonObject, StatusReason } from '@edict/protocol'
import type { DeviceKind } from './device-kind.ts'
import type { DeviceRequest } from './device-request.ts'

export interface HeldView {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly serverToken: string
  /** Null while the body is not there, or could not be read. */
  readonly type: string | null
  /** The body is there and understood. */
  readonly loaded: boolean
}

export interface PredicateView {
  readonly source: string
  readonly outcome: 'true' | 'false' | 'error'
  /** Of an error: its code and message. */
  readonly error?: string
}

/** A declaration as the device would report it now. */
export interface DeclarationStateView {
  readonly identifier: string
  readonly 'server-token': string
  readonly active: boolean
  readonly valid: 'unknown' | 'invalid' | 'valid'
  readonly reasons: readonly StatusReason[]
}

export interface ActivationView {
  readonly identifier: string
  readonly active: boolean
  /** Null for an activation without one. */
  readonly predicate: PredicateView | null
  readonly reasons: readonly StatusReason[]
}

export interface ChannelView {
  readonly id: string
  readonly kind: 'device' | 'user'
  readonly userShortName: string | null
  /** A user who logged in waits until they are configured. */
  readonly awaitingConfiguration: boolean
  /** Declarative management is on. */
  readonly enabled: boolean
  readonly pushToken: string | null
  /** DeclarationsToken of the last manifest received. */
  readonly token: string | null
  readonly held: readonly HeldView[]
  readonly declarations: Readonly<Record<DeclarationKind, readonly DeclarationStateView[]>>
  readonly activations: readonly ActivationView[]
  /** Names of the status items subscribed to. */
  readonly subscriptions: readonly string[]
  /** Names of the status items whose change no 200 has acknowledged. */
  readonly pending: readonly string[]
  /** Current values of all status items the channel supports, by name. */
  readonly status: JsonObject
  readonly properties: JsonObject
  readonly backOff: { readonly failures: number; readonly until: number } | null
  /** What went wrong last: with a command, an answer or a download. */
  readonly problem: string | null
  readonly requests: readonly DeviceRequest[]
}

/** Everything about a device that a person may want to see, as JSON. */
export interface DeviceView {
  readonly id: string
  readonly kind: DeviceKind
  readonly platform: string
  readonly productName: string
  readonly osVersion: string
  readonly serialNumber: string | null
  readonly supervised: boolean
  readonly enrolled: boolean
  readonly online: boolean
  readonly locked: boolean
  readonly awaitingConfiguration: boolean
  readonly channels: readonly ChannelView[]
}
