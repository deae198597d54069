import { kindOf } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'
import { canonical } from '../canonical.ts'
import type { DeclarationVersion } from './declaration.ts'
import { serverToken } from './server-token.ts'

/** A declaration as an administrator hands it in. */
export interface Draft {
  readonly identifier: string
  readonly type: string
  readonly payload: JsonObject
  /** Keys beside Type and Payload, as they stood there. */
  readonly extra: JsonObject
}

/**
 * The version that a draft makes. The same Type and Payload as before make the same version; anything else the next one,
 * with its re-apply counter kept.
 */
export function versionOf(draft: Draft, before: DeclarationVersion | undefined): DeclarationVersion {
  const payload = canonical(draft.payload)
  if (before !== undefined && before.type === draft.type && before.payload === payload) return before
  const kind = kindOf(draft.type) ?? 'configuration'
  const content = { kind, identifier: draft.identifier, type: draft.type, payload, reapply: before?.reapply ?? 0 }
  return { ...content, version: (before?.version ?? 0) + 1, contentHash: serverToken(content) }
}

/** The version with its re-apply counter raised: the same content under another ServerToken. */
export function reapplied(before: DeclarationVersion): DeclarationVersion {
  const content = { ...before, reapply: before.reapply + 1 }
  return { ...content, version: before.version + 1, contentHash: serverToken(content) }
}
