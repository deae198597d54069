import type { DeclarationKind } from '@edict/protocol'

/** A kind with its article, for sentences: "an asset", "a configuration". */
export function aKind(kind: DeclarationKind): string {
  return `${kind.startsWith('a') ? 'an' : 'a'} ${kind}`
}
