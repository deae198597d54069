import type { DeclarationFacts, DeclarationKind, PayloadPath, ValueFacts } from '@edict/catalogue'
import { assetReferences } from './asset-references.ts'
import { Attributes } from './attributes.ts'
import { type AnyNamed, given } from './given.ts'
import { availability } from './read-availability.ts'
import { dictionaryFacts } from './read-value-facts.ts'
import { oneOf, text } from './read-values.ts'
import { documentsIn, type SchemaDocument, top } from './schema-document.ts'
import { SchemaError, type SchemaPlace } from './schema-error.ts'

type Row = AnyNamed<DeclarationFacts, 'type'>

export interface Declaration {
  readonly facts: Row
  readonly payload: ValueFacts
}

/** Folders of `declarative/declarations`. */
const folders: readonly (readonly [string, DeclarationKind])[] = [
  ['activations', 'activation'],
  ['assets', 'asset'],
  ['configurations', 'configuration'],
  ['management', 'management'],
]

/** The schema marks references to assets, but not this one: its text says what the Identifiers are. */
const configurationPaths: ReadonlyMap<string, readonly PayloadPath[]> = new Map([
  ['com.apple.activation.simple', [['StandardConfigurations', '*']]],
])

export function readDeclarations(schema: string): readonly Declaration[] {
  return folders.flatMap(([folder, kind]) =>
    documentsIn(schema, `declarative/declarations/${folder}`).map((document) => readDeclaration(document, kind)),
  )
}

function readDeclaration(document: SchemaDocument, kind: DeclarationKind): Declaration {
  const attributes = top(document)
  const payload = attributes.need('payloadkeys', dictionaryFacts)
  const identity = attributes.need('payload', readIdentity)
  attributes.finish()
  if (!identity.type.startsWith(`com.apple.${kind}.`)) {
    throw new SchemaError('kind-wrong', document.at, identity.type, `com.apple.${kind}.…`)
  }
  const configurations = configurationPaths.get(identity.type)
  if (kind === 'activation' && configurations === undefined) {
    throw new SchemaError('activation-unknown', document.at, identity.type, [...configurationPaths.keys()].join(', '))
  }
  const { type, apply, availability } = identity
  const assets = assetReferences(payload)
  return { facts: given<Row>({ type, kind, apply, availability, assets, configurations }), payload }
}

function readIdentity(value: unknown, at: SchemaPlace) {
  const attributes = new Attributes(value, at)
  const found = {
    type: attributes.need('declarationtype', text),
    apply: attributes.take('apply', oneOf('single', 'multiple', 'combined')),
    availability: attributes.need('supportedOS', availability),
  }
  attributes.skip('content')
  attributes.finish()
  return found
}
