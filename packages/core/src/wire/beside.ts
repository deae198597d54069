import { type DeclarationKind, decodeJson, ProtocolError } from '@edict/protocol'
import { entries } from './entries.ts'
import { type Advertised, type Beside, type Hint, type JsonMessage, topOf } from './message.ts'
import { ownKey } from './own-key.ts'
import { isDictionary } from './walk-shape.ts'

/** Reads what is beside a message, as far as it can be read: its own mistakes are found when it is looked at itself. */
export function besideOf({ asked, tokens, manifest }: Hint): Beside {
  const token = tokens === undefined ? undefined : declarationsToken(tokens)
  return {
    ...(asked === undefined ? {} : { asked }),
    ...(token === undefined ? {} : { declarationsToken: token }),
    ...(manifest === undefined ? {} : { advertised: advertised(manifest) }),
  }
}

function declarationsToken(bytes: Uint8Array): string | undefined {
  const wrapper = ownKey(topOf(lenient(bytes, 'tokens')), 'SyncTokens')
  const token = isDictionary(wrapper) ? ownKey(wrapper, 'DeclarationsToken') : undefined
  return typeof token === 'string' ? token : undefined
}

function advertised(bytes: Uint8Array): ReadonlyMap<string, Advertised> {
  const found = entries(lenient(bytes, 'declaration-items')).flatMap(({ entry, kind }): [string, Advertised][] => {
    const identifier = ownKey(entry, 'Identifier')
    const serverToken = ownKey(entry, 'ServerToken')
    return typeof identifier === 'string' && typeof serverToken === 'string' && kind !== undefined
      ? [[identifier, { kind: kind satisfies DeclarationKind, serverToken }]]
      : []
  })
  return new Map(found)
}

function lenient(bytes: Uint8Array, kind: 'tokens' | 'declaration-items'): JsonMessage {
  try {
    return { kind, root: decodeJson(bytes, { bigIntegers: 'round' }), beside: {} }
  } catch (error) {
    if (error instanceof ProtocolError) return { kind, root: {}, beside: {} }
    throw error
  }
}
