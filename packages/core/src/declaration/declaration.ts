import type { DeclarationType } from '@edict/catalogue'
import type { DeclarationKind, JsonObject } from '@edict/protocol'

/** One immutable version of a declaration as an administrator (or Edict itself) wrote it. */
export interface DeclarationVersion {
  readonly identifier: string
  readonly kind: DeclarationKind
  readonly type: string
  /** RFC 8785 text of the Payload. */
  readonly payload: string
  /** Counts up with each change of type, payload or re-apply; starts at 1. */
  readonly version: number
  /** The re-apply counter: raising it changes the ServerToken of unchanged content. */
  readonly reapply: number
  /** Hash of kind, Identifier, Type, payload and re-apply counter: the ServerToken when the payload is sent as it is. */
  readonly contentHash: string
}

/** Identifiers that begin so belong to declarations that Edict makes itself. */
export const RESERVED_PREFIX = 'edict.'

export const PROPERTIES_TYPE = 'com.apple.management.properties' satisfies DeclarationType
export const SUBSCRIPTION_TYPE = 'com.apple.configuration.management.status-subscriptions' satisfies DeclarationType
export const ACTIVATION_TYPE = 'com.apple.activation.simple' satisfies DeclarationType
export const ORGANIZATION_TYPE = 'com.apple.management.organization-info' satisfies DeclarationType

/** The parsed Payload of a version. */
export function payloadOf(version: Pick<DeclarationVersion, 'payload'>): JsonObject {
  return JSON.parse(version.payload) as JsonObject
}
