import type { JsonObject } from '@edict/protocol'

/** Hosted octets, as a declaration tells devices of them. */
export interface HostedContent {
  readonly name: string
  /** In lower-case hexadecimal. */
  readonly sha256: string
  /** Octets. */
  readonly size: number
  /** Media type. */
  readonly type: string
  /** What it says, where it is a manifest and that was looked up. */
  readonly manifest?: JsonObject
}

/** The keys of a Reference that refers to hosted content at a URL. @see apple:declarative/declarations/assets/data.yaml */
export function referenceTo({ type, size, sha256 }: HostedContent, DataURL: string): JsonObject {
  return { DataURL, ContentType: type, Size: size, 'Hash-SHA-256': sha256 }
}
