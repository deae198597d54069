import { decodeJson } from './decode-json.ts'
import { encodeJson } from './encode-json.ts'
import type { JsonObject } from './json.ts'
import { jsonFields, jsonKey } from './json-fields.ts'
import { checkOctets, maximumIdentifierOctets, maximumServerTokenOctets } from './octets.ts'

/** The answer to Endpoint `declaration/…`. @see apple:declarative/declarations/declarationbase.yaml */
export interface Declaration {
  readonly Type: string
  readonly Identifier: string
  readonly ServerToken: string
  readonly Payload: JsonObject
}

const fields = jsonFields('the declaration')

/** @throws {ProtocolError} when a key is missing, empty, or longer than documented */
export function encodeDeclaration({ Type, Identifier, ServerToken, Payload }: Declaration): Uint8Array {
  fields.string(Type, 'Type')
  fields.string(Identifier, 'Identifier')
  fields.string(ServerToken, 'ServerToken')
  fields.object(Payload, 'Payload')
  checkOctets(Identifier, maximumIdentifierOctets, 'Identifier', 'write the declaration')
  checkOctets(ServerToken, maximumServerTokenOctets, 'ServerToken', 'write the declaration')
  return encodeJson({ Type, Identifier, ServerToken, Payload })
}

/** Reads the four keys, and lets others pass unseen: so do devices, which is why a misplaced Predicate is never found. */
export function decodeDeclaration(bytes: Uint8Array): Declaration {
  const document = fields.object(decodeJson(bytes, { bigIntegers: 'round' }), 'the document')
  return {
    Type: fields.string(jsonKey(document, 'Type'), 'Type'),
    Identifier: fields.string(jsonKey(document, 'Identifier'), 'Identifier'),
    ServerToken: fields.string(jsonKey(document, 'ServerToken'), 'ServerToken'),
    Payload: fields.object(jsonKey(document, 'Payload'), 'Payload'),
  }
}
