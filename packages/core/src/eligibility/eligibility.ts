import type { Platform } from '@edict/catalogue'
import type { ClientCapabilities } from '@edict/protocol'

/**
 * What decides which declarations a channel can have, apart from its sets. Channels with equal eligibility and equal
 * assignments share a cohort, so nothing that names one device belongs here. `null` is "not known yet".
 */
export interface Eligibility extends Target {
  /** Content hash of the reported capabilities, or null before a report carried them. */
  readonly capabilities: string | null
}

/** The kind of channel that something is meant for. `null` is "not known", and excludes nothing. */
export interface Target {
  readonly channel: 'device' | 'user'
  readonly platform: Platform | null
  readonly osVersion: string | null
  readonly enrollment: 'supervised' | 'device' | 'user'
  /** A Mac enrolled by UDID counts as supervised. */
  readonly supervised: boolean | null
  readonly sharedIPad: boolean
}

/** A kind of channel that something reaches, with what such channels reported that they can have, once they did. */
export interface Reached extends Target {
  readonly reported?: ClientCapabilities
}

/** Capabilities by their content hash. */
export type CapabilitiesByHash = ReadonlyMap<string, ClientCapabilities>
