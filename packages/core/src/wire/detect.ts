import { kindOf } from '@edict/catalogue'
import type { Json, PlistDict } from '@edict/protocol'
import type { JsonKind, PlistKind } from './message.ts'
import { type Dictionary, isDictionary, isList } from './walk-shape.ts'

/** What JSON is, by its keys in any case; undefined for what is no message. */
export function detectJson(value: Json): JsonKind | undefined {
  if (isList(value)) {
    return value.some((one) => isDictionary(one) && isDeclaration(lowered(one), one)) ? 'drafts' : undefined
  }
  if (!isDictionary(value)) return undefined
  const keys = lowered(value)
  if (keys.has('statusitems') || (keys.has('errors') && keys.has('fullreport'))) return 'status'
  if (keys.has('synctokens') || (keys.has('declarationstoken') && keys.has('timestamp'))) return 'tokens'
  if (isManifest(keys)) return 'declaration-items'
  if (isDeclaration(keys, value)) return keys.has('servertoken') ? 'declaration' : 'draft'
  return keys.has('declarationstoken') ? 'tokens' : undefined
}

const groups = ['activations', 'assets', 'configurations', 'management']

function isManifest(keys: ReadonlyMap<string, unknown>): boolean {
  const declarations = keys.get('declarations')
  if (isDictionary(declarations as never)) {
    return keys.has('declarationstoken') || groups.some((group) => lowered(declarations as Dictionary).has(group))
  }
  if (keys.has('declarations')) return keys.has('declarationstoken')
  return groups.filter((group) => isList(keys.get(group) as never)).length >= 2
}

function isDeclaration(keys: ReadonlyMap<string, unknown>, { Type }: Dictionary): boolean {
  const named = keys.has('identifier') || keys.has('servertoken')
  if (keys.has('payload')) return keys.has('type') || named
  if (typeof Type === 'string') return kindOf(Type) !== undefined
  const type = keys.get('type')
  return typeof type === 'string' && kindOf(type) !== undefined
}

/** What a property list is, by its keys in any case; undefined for what is no message. */
export function detectPlist(value: PlistDict): PlistKind | undefined {
  const keys = lowered(value)
  if (keys.has('messagetype')) return 'check-in'
  if (keys.has('payloadtype') || keys.has('payloadcontent')) return 'profile'
  if (keys.has('command')) return 'command'
  // Results of older systems repeat the RequestType of their command.
  if (keys.has('status')) return 'connect'
  if (keys.has('requesttype')) return 'command'
  if (keys.has('pushmagic') || keys.has('endpoint')) return 'check-in'
  return keys.has('commanduuid') ? 'command' : undefined
}

function lowered(value: Dictionary): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), inner]))
}
