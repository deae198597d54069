import { declarationPayload, declarationTypes, type ValueFacts } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'
import { ACTIVATION_TYPE } from '../declaration/declaration.ts'
import type { Draft } from '../declaration/draft.ts'
import { allowedValues } from '../declaration/payload/expected-value.ts'
import { formatsOf } from '../declaration/payload/known-formats.ts'
import type { Declared } from '../declared.ts'
import { declaredOf, draftOf, passcode } from './declared-of.ts'

/** Which keys an example has: those that are required, or all that there are. */
export type Extent = 'required' | 'all'

/** Text for one format or another. */
const texts = ['text', 'https://example.com/file', '2026-01-31T18:00:00', '0'.repeat(40), 'QUJD']

const CONFIGURATION = 'example.configuration'

/** Tables can be cyclic: from here on inwards, only what is required. */
const DEEPEST = 8

/** An example of a declaration type made of what Apple's schema says of its keys, the same each time. */
export function exampleOf(type: string, extent: Extent): Draft {
  const facts = declarationPayload(type)
  if (facts === undefined) throw new Error(`Cannot make an example: ${type} is not in the catalogue`)
  return draftOf('example', type, dictionary(type, [], facts, extent))
}

/** What examples refer to: an asset of each type, and a configuration. */
export function exampleGround(): Declared {
  const assets = [...declarationTypes.values()].filter(({ kind }) => kind === 'asset')
  const drafts = assets.map(({ type }) => ({ ...exampleOf(type, 'all'), identifier: nameOf(type) }))
  return {
    ...declaredOf({ drafts: [...drafts, passcode(CONFIGURATION)] }),
    settings: { subscription: { enabled: true } },
  }
}

function nameOf(assetType: string): string {
  return `example.${assetType.split('.').at(-1)}`
}

function dictionary(type: string, path: readonly string[], facts: ValueFacts, extent: Extent): JsonObject {
  const { keys = {}, others } = facts
  const wanted = Object.entries(keys).filter(
    ([, { presence }]) => presence === 'required' || (extent === 'all' && path.length < DEEPEST),
  )
  const made = wanted.map(([key, inner]) => [key, example(type, [...path, key], inner, extent)] as const)
  const free = others === undefined ? [] : [['example.key', example(type, [...path, '*'], others, extent)] as const]
  return Object.fromEntries([...made, ...free])
}

function example(type: string, path: readonly string[], facts: ValueFacts, extent: Extent): Json {
  const [asset] = facts.assetTypes ?? []
  switch (facts.type) {
    case 'dictionary':
      return dictionary(type, path, facts, extent)
    case 'array': {
      if (facts.item === undefined) return []
      const item = { ...facts.item, ...(facts.assetTypes === undefined ? {} : { assetTypes: facts.assetTypes }) }
      return Array.from({ length: item.repetition?.min ?? 1 }, () => example(type, [...path, '*'], item, extent))
    }
    case 'boolean':
      return facts.default ?? true
    case 'integer':
    case 'number':
      return facts.default ?? allowedValues(facts)?.[0] ?? facts.range?.min ?? 1
    default:
      if (asset !== undefined) return nameOf(asset)
      return facts.default ?? allowedValues(facts)?.[0] ?? text(type, path, facts)
  }
}

function text(type: string, path: readonly string[], facts: ValueFacts): string {
  if (type === ACTIVATION_TYPE) return path[0] === 'Predicate' ? 'TRUEPREDICATE' : CONFIGURATION
  const formats = formatsOf(type, path, facts)
  const found = texts.find((candidate) => formats.every(({ holds }) => holds(candidate)))
  if (found === undefined) throw new Error(`Cannot make text for ${type} ${path.join('.')}`)
  return found
}
