import type { DeclarationKind } from '@edict/protocol'
import { type JsonMessage, topOf } from './message.ts'
import { ownKey } from './own-key.ts'
import { child } from './pointer.ts'
import { type Dictionary, isDictionary, isList } from './walk-shape.ts'

/** Something with an Identifier: an item of a manifest, or a declaration. */
export interface Entry {
  readonly at: string
  readonly entry: Dictionary
  /** Of an item of a manifest: what the array that it stands in is for. */
  readonly kind?: DeclarationKind
}

const groups = {
  Activations: 'activation',
  Assets: 'asset',
  Configurations: 'configuration',
  Management: 'management',
} as const

/** Everything in a message that has an Identifier, or should have one. */
export function entries(message: JsonMessage): readonly Entry[] {
  switch (message.kind) {
    case 'declaration':
    case 'draft':
      return [{ at: '', entry: topOf(message) }]
    case 'drafts':
      return listed(message.root, '')
    case 'declaration-items': {
      const declarations = ownKey(topOf(message), 'Declarations')
      if (!isDictionary(declarations)) return []
      return Object.entries(groups).flatMap(([group, kind]) =>
        listed(ownKey(declarations, group), `/Declarations/${group}`).map((entry) => ({ ...entry, kind })),
      )
    }
    default:
      return []
  }
}

function listed(value: Parameters<typeof isList>[0], at: string): readonly Entry[] {
  if (!isList(value)) return []
  return value.flatMap((entry, index) => (isDictionary(entry) ? [{ at: child(at, index), entry }] : []))
}
