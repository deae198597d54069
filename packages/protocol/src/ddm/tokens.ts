import { decodeJson } from './decode-json.ts'
import { encodeJson } from './encode-json.ts'
import { jsonFields, jsonKey } from './json-fields.ts'
import { checkOctets, maximumDeclarationsTokenOctets } from './octets.ts'
import type { ParsingMode } from './parsing-mode.ts'
import { parseTimestamp } from './timestamp.ts'

/** The answer to Endpoint `tokens`. @see apple:declarative/protocol/tokensresponse.yaml */
export interface TokensResponse {
  readonly SyncTokens: {
    /** At most 256 octets, the same as in the DeclarationItemsResponse. */
    readonly DeclarationsToken: string
    /** When this token was made, without fractional seconds. */
    readonly Timestamp: string
  }
}

const fields = jsonFields('TokensResponse')

/** @throws {ProtocolError} when the response is one that a strict device refuses */
export function encodeTokensResponse({ SyncTokens: { DeclarationsToken, Timestamp } }: TokensResponse): Uint8Array {
  fields.string(DeclarationsToken, 'DeclarationsToken')
  checkOctets(DeclarationsToken, maximumDeclarationsTokenOctets, 'DeclarationsToken', 'write TokensResponse')
  parseTimestamp(Timestamp)
  return encodeJson({ SyncTokens: { DeclarationsToken, Timestamp } })
}

/** @throws {ProtocolError} */
export function decodeTokensResponse(bytes: Uint8Array, mode: ParsingMode = 'strict'): TokensResponse {
  const document = fields.object(decodeJson(bytes, { bigIntegers: 'round' }), 'the document')
  const tokens = fields.object(jsonKey(document, 'SyncTokens'), 'SyncTokens')
  const DeclarationsToken = fields.string(jsonKey(tokens, 'DeclarationsToken'), 'SyncTokens.DeclarationsToken')
  const Timestamp = fields.string(jsonKey(tokens, 'Timestamp'), 'SyncTokens.Timestamp')
  parseTimestamp(Timestamp, mode)
  if (mode === 'strict') {
    checkOctets(DeclarationsToken, maximumDeclarationsTokenOctets, 'DeclarationsToken', 'read TokensResponse')
  }
  return { SyncTokens: { DeclarationsToken, Timestamp } }
}
