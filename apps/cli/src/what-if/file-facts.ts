import { type Platform, platformOfProduct, statusItems } from '@edict/catalogue'
import { type DeviceFacts, type ItemFact, reportedItems } from '@edict/core'
import { type Json, type JsonObject, readClientCapabilities } from '@edict/protocol'
import { UsageError } from '../failure.ts'
import { isObject } from '../input.ts'

/** What a file says of a device. */
export interface FileFacts {
  readonly items: ReadonlyMap<string, ItemFact>
  readonly properties: JsonObject
}

/**
 * Facts that somebody wrote: `{"status": {…}, "properties": {…}}` with items nested or by dotted name and null for one without a
 * value, or what `edict status ENROLLMENT --json` printed.
 */
export function factsIn(value: JsonObject, file: string): FileFacts {
  const { status = {}, properties = {}, items, enrollment: _, ...others } = value
  const unknown = Object.keys(others)[0]
  if (unknown !== undefined) {
    throw new UsageError(
      `Cannot use ${file}: ${unknown} means nothing here`,
      'write {"status": {…}, "properties": {…}}',
    )
  }
  if (!isObject(status) || !isObject(properties)) {
    throw new UsageError(`Cannot use ${file}: status and properties are objects`)
  }
  const written = reportedItems(status).map(({ name, value: said }) => [name, fact(said)] as const)
  return { items: new Map([...answeredItems(items ?? {}), ...written]), properties }
}

/** The items of a status as the API has it. */
export function answeredItems(items: Json): readonly (readonly [string, ItemFact])[] {
  if (!isObject(items)) return []
  return Object.entries(items).flatMap(([name, item]) => {
    if (!isObject(item) || typeof item.answer !== 'string') return []
    const at = typeof item.reportedAt === 'string' ? Date.parse(item.reportedAt) : null
    return [[name, { answer: item.answer as ItemFact['answer'], value: item.value ?? null, at }] as const]
  })
}

/** What the items say of the device itself; an item that its platform does not have is unsupported. */
export function deviceFacts(items: ReadonlyMap<string, ItemFact>): DeviceFacts {
  const said = (name: string): Json => items.get(name)?.value ?? null
  const platform = platformOf(said('device.model.identifier'), said('device.operating-system.family'))
  const version = said('device.operating-system.version')
  const capabilities = said('management.client-capabilities')
  const elsewhere = [...statusItems.values()].filter(
    ({ name, availability }) => platform !== null && availability[platform] === undefined && !items.has(name),
  )
  const unsupported = elsewhere.map(({ name }) => [name, { answer: 'unsupported', value: null, at: null }] as const)
  return {
    platform,
    osVersion: typeof version === 'string' ? version : null,
    capabilities: isObject(capabilities) ? readClientCapabilities(capabilities) : null,
    items: new Map([...items, ...unsupported]),
  }
}

function fact(value: Json): ItemFact {
  return value === null ? { answer: 'absent', value, at: null } : { answer: 'value', value, at: null }
}

const families: Readonly<Record<string, Platform>> = {
  iOS: 'iOS',
  iPadOS: 'iOS',
  macOS: 'macOS',
  tvOS: 'tvOS',
  visionOS: 'visionOS',
  watchOS: 'watchOS',
}

function platformOf(product: Json, family: Json): Platform | null {
  const known = typeof product === 'string' ? platformOfProduct(product) : undefined
  return known ?? (typeof family === 'string' ? families[family] : undefined) ?? null
}
