import { describe, expect, it } from 'vitest'
import { checkIns } from './check-ins.ts'
import { commands } from './commands.ts'
import { declarationTypes } from './declaration-types.ts'
import {
  checkInMessage,
  checkInResponse,
  commandPayload,
  commandResponse,
  declarationPayload,
  statusItemValue,
} from './payloads.ts'
import { platforms } from './platform.ts'
import { statusItems } from './status-items.ts'
import type { ValueFacts } from './value-facts.ts'

const tables: readonly (readonly [string, ValueFacts | undefined])[] = [
  ...[...declarationTypes.keys()].map((type) => [type, declarationPayload(type)] as const),
  ...[...statusItems.keys()].map((name) => [name, statusItemValue(name)] as const),
  ...[...commands.keys()].map((name) => [name, commandPayload(name)] as const),
  ...[...commands.keys()].map((name) => [name, commandResponse(name) ?? { type: 'dictionary' as const }] as const),
  ...[...checkIns.keys()].map((name) => [name, checkInMessage(name)] as const),
  ...[...checkIns.keys()].map((name) => [name, checkInResponse(name) ?? { type: 'dictionary' as const }] as const),
]

/** Every node once, also of a table that contains itself. */
function nodesOf(facts: ValueFacts, seen = new Set<ValueFacts>()): Set<ValueFacts> {
  if (seen.has(facts)) return seen
  seen.add(facts)
  const inner = [facts.item, facts.others, ...Object.values({ ...facts.keys, ...facts.alternatives })]
  for (const next of inner) if (next !== undefined) nodesOf(next, seen)
  return seen
}

const nodes = tables.flatMap(([, facts]) => (facts === undefined ? [] : [...nodesOf(facts)]))

describe('payload tables', () => {
  it('are there for everything that has a name', () => {
    expect(tables.filter(([, facts]) => facts === undefined)).toEqual([])
    expect(nodes.length).toBeGreaterThan(2_000)
  })

  it('are unknown for other names, also those that every object has', () => {
    expect(declarationPayload('com.apple.configuration.nothing')).toBeUndefined()
    expect(declarationPayload('constructor')).toBeUndefined()
  })

  it('are the same object each time', () => {
    expect(declarationPayload('com.apple.asset.data')).toBe(declarationPayload('com.apple.asset.data'))
  })

  it('say type, presence, range, default and combination of a key, and where it is not to be had', () => {
    expect(declarationPayload('com.apple.configuration.passcode.settings')?.keys?.MinimumComplexCharacters).toEqual({
      type: 'integer',
      presence: 'optional',
      default: 0,
      range: { min: 0, max: 4 },
      combine: 'number-max',
      availability: { iOS: { introduced: '16.2' }, macOS: { introduced: '13.1' }, watchOS: 'n/a' },
    })
  })

  it('of management.properties, any key may hold anything', () => {
    expect(declarationPayload('com.apple.management.properties')?.others?.type).toBe('any')
  })

  it('a bookmark folder holds bookmarks, which may be folders, without end', () => {
    const bookmarks = declarationPayload('com.apple.configuration.safari.bookmarks')?.keys?.ManagedBookmarks?.item?.keys
    const folder = bookmarks?.Bookmarks?.item?.keys?.Folder
    expect(folder?.type).toBe('array')
    expect(folder?.item?.keys?.Folder).toBe(folder)
  })

  it('have keys in dictionaries, items in arrays and choices in strings only', () => {
    for (const { type, keys, others, item, alternatives, choices } of nodes) {
      if (keys !== undefined || others !== undefined) expect(type).toBe('dictionary')
      if (item !== undefined || alternatives !== undefined) expect(type).toBe('array')
      if (choices !== undefined) expect(type).toBe('string')
    }
  })

  // Not always within the range: the 0 of DeclarativeStatusInterval is below its minimum, and means never.
  it('have a default that is of the type and among the values', () => {
    for (const { type, default: value, rangelist } of nodes) {
      if (value === undefined) continue
      expect(typeof value).toBe(type === 'integer' ? 'number' : type)
      if (rangelist !== undefined) expect(rangelist).toContain(value)
    }
  })

  it('speak of known platforms only', () => {
    const named = new Set(nodes.flatMap(({ availability }) => Object.keys(availability ?? {})))
    expect([...named].filter((platform) => !platforms.some((known) => known === platform))).toEqual([])
  })

  it('contain no prose', () => {
    const words = nodes.flatMap((facts) => [facts.default, ...(facts.rangelist ?? [])])
    const sentences = words.filter((word) => typeof word === 'string' && word.split(' ').length > 3)
    expect(sentences).toEqual([])
  })
})
