import type { DeclarationKind, Json, JsonObject, PlistDict } from '@edict/protocol'

/** JSON of declarative management. A `draft` is a declaration as an administrator writes it: nobody made a ServerToken yet. */
export const jsonKinds = ['tokens', 'declaration-items', 'declaration', 'draft', 'drafts', 'status'] as const

/** Property lists: from a server a command, from a device a check-in or a connect message. */
export const plistKinds = ['command', 'check-in', 'connect', 'profile'] as const

export type JsonKind = (typeof jsonKinds)[number]
export type PlistKind = (typeof plistKinds)[number]
export type MessageKind = JsonKind | PlistKind

export function isJsonKind(kind: MessageKind): kind is JsonKind {
  return jsonKinds.some((known) => known === kind)
}

/** What is known of a message beside its octets. */
export interface Hint {
  /** What it should be, for example from the Endpoint that was asked for. */
  readonly kind?: MessageKind
  /** Of a declaration: what the device asked for. */
  readonly asked?: { readonly declaration: DeclarationKind; readonly identifier: string }
  /** The TokensResponse sent beside a DeclarationItemsResponse. */
  readonly tokens?: Uint8Array
  /** The DeclarationItemsResponse in which a declaration stands. */
  readonly manifest?: Uint8Array
}

/** The hint, read. */
export interface Beside {
  readonly asked?: Hint['asked']
  readonly declarationsToken?: string
  readonly advertised?: ReadonlyMap<string, Advertised>
}

export interface Advertised {
  readonly kind: DeclarationKind
  readonly serverToken: string
}

export interface JsonMessage {
  readonly kind: JsonKind
  readonly root: Json
  readonly beside: Beside
}

export interface PlistMessage {
  readonly kind: PlistKind
  readonly root: PlistDict
}

export type Message = JsonMessage | PlistMessage

/** The dictionary at the top; an empty one where something else stands, which is told as a mistake of its own. */
export function topOf({ root }: JsonMessage): JsonObject {
  return typeof root === 'object' && root !== null && !Array.isArray(root) ? (root as JsonObject) : {}
}

/** What it is called in a sentence. */
export const messageNames: Readonly<Record<MessageKind, string>> = {
  tokens: 'the TokensResponse',
  'declaration-items': 'the DeclarationItemsResponse',
  declaration: 'the declaration',
  draft: 'the declaration',
  drafts: 'the declarations',
  status: 'the StatusReport',
  command: 'the command',
  'check-in': 'the check-in',
  connect: 'the connect message',
  profile: 'the profile',
}

/** What becomes of one that cannot be read. */
export const consequences: Readonly<Record<MessageKind, string>> = {
  tokens: 'a device would stop synchronizing here',
  'declaration-items': 'a device would refuse the whole manifest and fetch nothing',
  declaration: 'a device would not load it, nor ask again before its ServerToken changes',
  draft: 'a device would not load it',
  drafts: 'a device would not load it',
  status: 'a server could not take what it says',
  command: 'a device would answer with CommandFormatError',
  'check-in': 'a server could not take it',
  connect: 'a server could not take it',
  profile: 'a device would not install it',
}
