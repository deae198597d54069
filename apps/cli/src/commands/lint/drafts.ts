import { type Draft, type Linted, withoutServer } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { isObject } from '../../input.ts'

/** A declaration of a file, as far as it can be one. */
export interface FoundDraft {
  /** JSON pointer to it in the file. */
  readonly at: string
  readonly draft: Draft
}

/** The declarations in what was read; `name` is for one that has no Identifier. Of what has no Type or no Payload nothing is made. */
export function draftsIn({ kind, content }: Linted, name: string): readonly FoundDraft[] {
  if (kind === 'drafts' && Array.isArray(content)) {
    return content.flatMap((one, index) => (isObject(one) ? made(one, `/${index}`, `${name}.${index}`) : []))
  }
  return (kind === 'draft' || kind === 'declaration') && isObject(content as JsonObject)
    ? made(content as JsonObject, '', name)
    : []
}

function made({ Type, Identifier = '', ServerToken: _, Payload, ...extra }: JsonObject, at: string, name: string) {
  const identifier = typeof Identifier === 'string' && Identifier !== '' ? Identifier : name
  if (typeof Type !== 'string' || !isObject(Payload)) return []
  return [{ at, draft: { identifier, type: Type, payload: withoutServer(Payload), extra } }]
}
