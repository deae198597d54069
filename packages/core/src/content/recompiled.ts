import type { Json, JsonObject } from '@edict/protocol'
import { withKeyOf } from './content-key.ts'
import { contentPath, contentsIn } from './content-reference.ts'
import { type HostedContent, referenceTo } from './hosted-content.ts'

/**
 * A payload that refers to what has a name now, wherever it referred to what had the name before. URLs keep their beginning and what
 * follows; a Reference gets the media type, size and hash that go with it.
 */
export function recompiled(payload: JsonObject, content: HostedContent): JsonObject {
  return inObject(payload, content)
}

function inObject(object: JsonObject, content: HostedContent): JsonObject {
  const { DataURL } = object
  const url = typeof DataURL === 'string' ? inText(DataURL, content) : undefined
  if (url !== undefined && refersTo(url, content)) return { ...object, ...referenceTo(content, url) }
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, inValue(value, content)]))
}

function inValue(value: Json, content: HostedContent): Json {
  if (typeof value === 'string') return inText(value, content)
  if (Array.isArray(value)) return value.map((one) => inValue(one, content))
  return typeof value === 'object' && value !== null ? inObject(value as JsonObject, content) : value
}

function inText(text: string, content: HostedContent): string {
  const before = namedIn(text, content)
  if (before === undefined) return text
  return withKeyOf(text.replace(contentPath(before), contentPath(content)), before.sha256, content.sha256)
}

function refersTo(text: string, content: HostedContent): boolean {
  return namedIn(text, content) !== undefined
}

/** A URL ends where the text does. */
function namedIn(text: string, { name }: HostedContent) {
  return contentsIn(`${text}"`).find((reference) => reference.name === name)
}
