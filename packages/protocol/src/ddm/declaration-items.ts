import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'
import { decodeJson } from './decode-json.ts'
import { encodeJson } from './encode-json.ts'
import type { Json, JsonObject } from './json.ts'
import { jsonFields, jsonKey } from './json-fields.ts'
import {
  checkOctets,
  maximumDeclarationsTokenOctets,
  maximumIdentifierOctets,
  maximumServerTokenOctets,
} from './octets.ts'
import type { ParsingMode } from './parsing-mode.ts'

export interface ManifestItem {
  readonly Identifier: string
  readonly ServerToken: string
}

/** The answer to Endpoint `declaration-items`. @see apple:declarative/protocol/declarationitemsresponse.yaml */
export interface DeclarationItemsResponse {
  readonly Declarations: {
    readonly Activations: readonly ManifestItem[]
    readonly Assets: readonly ManifestItem[]
    readonly Configurations: readonly ManifestItem[]
    readonly Management: readonly ManifestItem[]
  }
  readonly DeclarationsToken: string
}

const fields = jsonFields('DeclarationItemsResponse')
const writing = 'write DeclarationItemsResponse'
const reading = 'read DeclarationItemsResponse'
const groups: readonly string[] = ['Activations', 'Assets', 'Configurations', 'Management']
const itemKeys: readonly string[] = ['Identifier', 'ServerToken']

/**
 * Writes all four arrays, also the empty ones, and two keys in each item.
 * @throws {ProtocolError} when the response is one that a strict device refuses
 */
export function encodeDeclarationItems({ Declarations, DeclarationsToken }: DeclarationItemsResponse): Uint8Array {
  fields.string(DeclarationsToken, 'DeclarationsToken')
  checkOctets(DeclarationsToken, maximumDeclarationsTokenOctets, 'DeclarationsToken', writing)
  return encodeJson({
    Declarations: {
      Activations: Declarations.Activations.map(outgoing),
      Assets: Declarations.Assets.map(outgoing),
      Configurations: Declarations.Configurations.map(outgoing),
      Management: Declarations.Management.map(outgoing),
    },
    DeclarationsToken,
  })
}

/** @throws {ProtocolError} one malformed item refuses the whole response */
export function decodeDeclarationItems(bytes: Uint8Array, mode: ParsingMode = 'strict'): DeclarationItemsResponse {
  const document = fields.object(decodeJson(bytes, { bigIntegers: 'round' }), 'the document')
  const declarations = fields.object(jsonKey(document, 'Declarations'), 'Declarations')
  const DeclarationsToken = fields.string(jsonKey(document, 'DeclarationsToken'), 'DeclarationsToken')
  if (mode === 'strict') {
    onlyKeys(declarations, groups, 'Declarations')
    checkOctets(DeclarationsToken, maximumDeclarationsTokenOctets, 'DeclarationsToken', reading)
  }
  return {
    Declarations: {
      Activations: incomingGroup(declarations, 'Activations', mode),
      Assets: incomingGroup(declarations, 'Assets', mode),
      Configurations: incomingGroup(declarations, 'Configurations', mode),
      Management: incomingGroup(declarations, 'Management', mode),
    },
    DeclarationsToken,
  }
}

function outgoing({ Identifier, ServerToken }: ManifestItem): { Identifier: string; ServerToken: string } {
  fields.string(Identifier, 'Identifier')
  fields.string(ServerToken, 'ServerToken')
  checkOctets(Identifier, maximumIdentifierOctets, 'Identifier', writing)
  checkOctets(ServerToken, maximumServerTokenOctets, 'ServerToken', writing)
  return { Identifier, ServerToken }
}

function incomingGroup(declarations: JsonObject, group: string, mode: ParsingMode): readonly ManifestItem[] {
  const value = jsonKey(declarations, group)
  if (value === undefined && mode === 'lenient') return []
  return fields.array(value, `Declarations.${group}`).map((item, index) => incoming(item, `${group}[${index}]`, mode))
}

function incoming(value: Json, at: string, mode: ParsingMode): ManifestItem {
  const item = fields.object(value, at)
  const Identifier = fields.string(jsonKey(item, 'Identifier'), `${at}.Identifier`)
  const ServerToken = fields.string(jsonKey(item, 'ServerToken'), `${at}.ServerToken`)
  if (mode === 'strict') {
    onlyKeys(item, itemKeys, at)
    checkOctets(Identifier, maximumIdentifierOctets, `${at}.Identifier`, reading)
    checkOctets(ServerToken, maximumServerTokenOctets, `${at}.ServerToken`, reading)
  }
  return { Identifier, ServerToken }
}

function onlyKeys(object: JsonObject, known: readonly string[], at: string): void {
  const extra = Object.keys(object).find((key) => !known.includes(key))
  if (extra !== undefined) {
    throw new ProtocolError('key-unexpected', `Cannot ${reading}: ${at} has the unknown key ${excerpt(extra)}`, {
      at,
      found: extra.slice(0, 64),
      expected: known.join(', '),
    })
  }
}
