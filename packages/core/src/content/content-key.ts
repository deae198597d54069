import { isJsonObject, type JsonObject } from '@edict/protocol'
import { contentsIn } from './content-reference.ts'

/** In a URL, a variable that stands for the key by which one enrollment may download hosted octets. */
export interface KeyVariable {
  /** Which of the server's secrets it is made with: they are counted. */
  readonly secret: number
  /** Of the octets. */
  readonly sha256: string
}

/** Makes the key by which an enrollment may download octets. What is secret in it is the server's. */
export type KeyFor = (variable: KeyVariable, enrollment: string) => string

/** What a variable of this name stands for; undefined when it is no key. */
export function readKeyVariable(name: string): KeyVariable | undefined {
  const [, secret, sha256] = VARIABLE.exec(name) ?? []
  return secret === undefined || sha256 === undefined ? undefined : { secret: Number(secret), sha256 }
}

/** The secrets that the keys in a payload are made with, each once. */
export function secretsIn(payload: string): readonly number[] {
  if (!payload.includes('${content.')) return []
  return [...new Set([...payload.matchAll(IN_TEXT)].map(([, secret]) => Number(secret)))]
}

/**
 * Whether the data of an asset is hosted here, and is to be downloaded without saying who one is: then its URL needs a key.
 *
 * @param base public URL of the server, without a slash at its end; null when it is not known
 * @see apple:declarative/declarations/assets/data.yaml (Authentication)
 */
export function needsKey(payload: JsonObject, base: string | null): boolean {
  return isNone(payload) && hosted(payload, base) !== undefined
}

/** A payload whose URLs have the keys that they need, made with this secret, and no others. */
export function withKeys(payload: JsonObject, base: string | null, secret: number): JsonObject {
  const found = hosted(payload, base)
  if (found === undefined) return withSecret(payload, secret)
  const { reference, url, sha256 } = found
  const DataURL = isNone(payload) ? `${url}?key=\${${nameOf({ secret, sha256 })}}` : url
  return withSecret({ ...payload, Reference: { ...reference, DataURL } }, secret)
}

/** A payload whose keys are made with another secret. */
export function withSecret(payload: JsonObject, secret: number): JsonObject {
  const text = JSON.stringify(payload)
  if (secretsIn(text).length === 0) return payload
  return JSON.parse(text.replaceAll(IN_TEXT, (_, _before, sha256) => `\${${nameOf({ secret, sha256 })}}`)) as JsonObject
}

/** A URL whose key is for other octets. */
export function withKeyOf(url: string, before: string, after: string): string {
  return url.replaceAll(IN_TEXT, (whole, secret, sha256) =>
    sha256 === before ? `\${${nameOf({ secret: Number(secret), sha256: after })}}` : whole,
  )
}

/** The hosted URLs in the text of a payload that have a key: path and query. */
export function keyedUrlsIn(payload: string): readonly string[] {
  return [...payload.matchAll(KEYED)].map(([url]) => url)
}

/** A payload as it may be shown: nobody who sees it can download by it. */
export function withoutKeys(payload: JsonObject, concealed: string): JsonObject {
  const text = JSON.stringify(payload)
  if (!KEYED_ONCE.test(text)) return payload
  return JSON.parse(text.replaceAll(KEYED, (url) => `${url.slice(0, url.indexOf('=') + 1)}${concealed}`)) as JsonObject
}

function isNone({ Authentication }: JsonObject): boolean {
  return isJsonObject(Authentication) && Authentication.Type === 'None'
}

function hosted({ Reference: reference }: JsonObject, base: string | null) {
  if (base === null || !isJsonObject(reference) || typeof reference.DataURL !== 'string') return undefined
  const url = reference.DataURL.replace(AT_END, '')
  const [content] = contentsIn(`${url}"`)
  return content !== undefined && url.startsWith(`${base}/content/`) ? { reference, url, ...content } : undefined
}

function nameOf({ secret, sha256 }: KeyVariable): string {
  return `content.${secret}.${sha256}`
}

const NAME = 'content\\.([0-9]{1,9})\\.([0-9a-f]{64})'
const VARIABLE = new RegExp(`^${NAME}$`)
const IN_TEXT = new RegExp(`\\$\\{${NAME}\\}`, 'g')
const AT_END = new RegExp(`\\?key=\\$\\{${NAME}\\}$`)
const URL_WITH_KEY = '/content/[0-9a-f]{64}/[A-Za-z0-9._-]{1,128}\\?key=[A-Za-z0-9._-]{1,1024}'
const KEYED = new RegExp(URL_WITH_KEY, 'g')
const KEYED_ONCE = new RegExp(URL_WITH_KEY)
