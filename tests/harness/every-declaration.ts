import { declarationPayload, declarationTypes, type ValueFacts } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'
import { activation, type Written } from './declarations.ts'

/** A declaration of every type that Apple's schema has, and for each configuration an activation of its own. */
export function everyDeclaration(): Readonly<Record<string, Written>> {
  const written = [...declarationTypes.values()]
    .filter(({ kind }) => kind !== 'activation')
    .sort((a, b) => rank(a.kind) - rank(b.kind))
    .flatMap(({ type, kind }): [string, Written][] => {
      const identifier = identifierOf(type)
      const own: [string, Written] = [identifier, { Type: type, Payload: payloadOf(type) }]
      return kind === 'configuration' ? [own, [`on.${identifier}`, activation([identifier])]] : [own]
    })
  return Object.fromEntries(written)
}

/** `com.apple.asset.data` → `asset.data` */
function identifierOf(type: string): string {
  return type.replace('com.apple.', '')
}

/** What is referred to comes first. */
function rank(kind: string): number {
  return ['asset', 'management', 'configuration'].indexOf(kind)
}

/** What a type needs beside the keys that the schema always requires. */
const more: Readonly<Record<string, JsonObject>> = {
  'com.apple.configuration.legacy': { ProfileURL: 'https://content.example.com/legacy.mobileconfig' },
  'com.apple.configuration.legacy.interactive': { ProfileURL: 'https://content.example.com/asked.mobileconfig' },
  'com.apple.configuration.app.managed': { AppStoreID: '361309726' },
  'com.apple.management.properties': { origin: 'a set' },
}

function payloadOf(type: string): JsonObject {
  const facts = declarationPayload(type)
  return { ...(facts === undefined ? {} : required(facts)), ...more[type] }
}

function required({ keys = {} }: ValueFacts): JsonObject {
  const needed = Object.entries(keys).filter(([, { presence }]) => presence === 'required')
  return Object.fromEntries(needed.map(([key, facts]) => [key, sampleOf(key, facts)]))
}

function sampleOf(key: string, facts: ValueFacts): Json {
  switch (facts.type) {
    case 'boolean':
      return true
    case 'integer':
    case 'number':
      return Number(facts.rangelist?.[0] ?? facts.range?.min ?? 1)
    case 'array':
      return facts.item === undefined ? [] : [sampleOf(key, facts.item)]
    case 'dictionary':
    case 'any':
      return required(facts)
    default:
      return textOf(key, facts)
  }
}

const texts: Readonly<Record<string, string>> = {
  HostName: 'host.example.com',
  Name: 'device.model.family',
  TargetLocalDateTime: '2030-01-31T12:00:00',
  TargetOSVersion: '30.0',
  ServiceType: 'com.apple.sudo',
  Version: '1.0.0',
  ExtensionComposedIdentifier: 'com.example.extension (ABCDE12345)',
  Members: '3A3C2C1B-0000-4000-8000-000000000001',
}

function textOf(key: string, { rangelist, choices, assetTypes }: ValueFacts): string {
  const [asset] = assetTypes ?? []
  if (asset !== undefined) return identifierOf(asset)
  const [choice] = rangelist ?? Object.keys(choices ?? {})
  if (choice !== undefined) return String(choice)
  if (key.endsWith('URL')) return `https://content.example.com/${key.toLowerCase()}`
  if (key.endsWith('UUID')) return '3A3C2C1B-0000-4000-8000-000000000001'
  return texts[key] ?? `example.${key.toLowerCase()}`
}
