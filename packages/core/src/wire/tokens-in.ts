import type { Json } from '@edict/protocol'
import { entries } from './entries.ts'
import { type JsonMessage, topOf } from './message.ts'
import { ownKey } from './own-key.ts'
import { child } from './pointer.ts'
import { isDictionary } from './walk-shape.ts'

/** A token in a message, with the longest that Apple documents, in octets. */
export interface TokenPlace {
  readonly at: string
  readonly name: 'DeclarationsToken' | 'ServerToken'
  readonly token: string
  readonly longest: number
}

/**
 * Every token of a message that is text.
 * @see apple:declarative/declarations/declarationbase.yaml (ServerToken), apple:declarative/protocol/tokensresponse.yaml
 */
export function tokensIn(message: JsonMessage): readonly TokenPlace[] {
  const wrapper = message.kind === 'tokens' ? 'SyncTokens' : ''
  const top: Json | undefined = wrapper === '' ? topOf(message) : ownKey(topOf(message), wrapper)
  const whole = isDictionary(top) ? ownKey(top, 'DeclarationsToken') : undefined
  const own = message.kind === 'tokens' || message.kind === 'declaration-items' ? whole : undefined
  return [
    ...(typeof own === 'string'
      ? [
          {
            at: `${wrapper === '' ? '' : '/SyncTokens'}/DeclarationsToken`,
            name: 'DeclarationsToken' as const,
            token: own,
            longest: 256,
          },
        ]
      : []),
    ...entries(message).flatMap(({ at, entry }) => {
      const token = ownKey(entry, 'ServerToken')
      return typeof token === 'string'
        ? [{ at: child(at, 'ServerToken'), name: 'ServerToken' as const, token, longest: 64 }]
        : []
    }),
  ]
}
