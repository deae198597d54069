import type { DeclarationKind } from '@edict/protocol'
import { canonical, sha256 } from '../canonical.ts'

/** What a device is sent of one declaration, and what its token is made from. */
export interface Content {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly type: string
  /** RFC 8785 text of the Payload as sent. */
  readonly payload: string
  readonly reapply: number
}

/**
 * The ServerToken: SHA-256 hex (64 octets, the most Apple allows) of kind, Identifier, Type, canonical Payload as sent and
 * the re-apply counter. The same content has the same token on any node and any database.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (ServerToken ≤ 64 octets)
 */
export function serverToken(content: Content): string {
  return sha256(canonical([content.kind, content.identifier, content.type, content.payload, content.reapply]))
}
