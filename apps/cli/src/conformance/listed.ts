import { type DeclarationKind, decodeJson, isJsonObject, type Json, ProtocolError } from '@edict/protocol'
import { type Exchange, textOf } from './exchange.ts'

/** A declaration as a manifest lists it. */
export interface Listed {
  readonly kind: DeclarationKind
  readonly identifier: string
  readonly serverToken: string
}

/** A manifest as far as it can be read. */
export interface Manifest {
  readonly token: string
  readonly listed: readonly Listed[]
}

/** The array of a manifest for each kind. */
export const arrays = {
  activation: 'Activations',
  configuration: 'Configurations',
  asset: 'Assets',
  management: 'Management',
} as const

/** The JSON of an answer; undefined where it is none. */
export function jsonOf(exchange: Exchange): Json | undefined {
  try {
    return decodeJson(textOf(exchange), { bigIntegers: 'round' })
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

/** DeclarationsToken of an answer to `tokens`; undefined where there is none. */
export function tokenIn(exchange: Exchange): string | undefined {
  const json = jsonOf(exchange)
  const tokens = isJsonObject(json) ? json.SyncTokens : undefined
  const token = isJsonObject(tokens) ? tokens.DeclarationsToken : undefined
  return exchange.came?.status === 200 && typeof token === 'string' ? token : undefined
}

/** What an answer to `declaration-items` lists, without the entries that cannot be read; undefined where it lists nothing. */
export function manifestIn(exchange: Exchange): Manifest | undefined {
  const json = jsonOf(exchange)
  if (exchange.came?.status !== 200 || !isJsonObject(json) || !isJsonObject(json.Declarations)) return undefined
  const { Declarations, DeclarationsToken } = json
  const listed = (Object.keys(arrays) as DeclarationKind[]).flatMap((kind) => {
    const entries = Declarations[arrays[kind]]
    return Array.isArray(entries) ? entries.flatMap((entry: Json) => listedIn(kind, entry)) : []
  })
  return { token: typeof DeclarationsToken === 'string' ? DeclarationsToken : '', listed }
}

function listedIn(kind: DeclarationKind, entry: Json): readonly Listed[] {
  if (!isJsonObject(entry)) return []
  const { Identifier, ServerToken } = entry
  if (typeof Identifier !== 'string' || typeof ServerToken !== 'string') return []
  return [{ kind, identifier: Identifier, serverToken: ServerToken }]
}

/** Whether two manifests promise the same. The order says nothing. */
export function samePairs(one: Manifest, other: Manifest): boolean {
  return pairs(one) === pairs(other)
}

function pairs({ listed }: Manifest): string {
  return JSON.stringify(
    listed.map(({ kind, identifier, serverToken }) => [kind, identifier, serverToken].join('\n')).sort(),
  )
}
