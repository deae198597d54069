import { isJsonObject, type JsonObject } from '@edict/protocol'
import { type ContentReference, contentsIn } from './content-reference.ts'
import { isManifestName } from './package-manifest.ts'

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
 * Whether the data of an asset is hosted here, and is to be downloaded without saying who one is; or the manifest of a package is, for
 * which Apple does not say how a device says who it is: then its URL needs a key.
 *
 * @param base public URL of the server, without a slash at its end; null when it is not known
 * @see apple:declarative/declarations/assets/data.yaml (Authentication)
 */
export function needsKey(payload: JsonObject, base: string | null): boolean {
  return (isNone(payload) && hosted(payload, base) !== undefined) || manifestOf(payload, base) !== undefined
}

/** A payload whose URLs have the keys that they need, made with this secret, and no others. */
export function withKeys(payload: JsonObject, base: string | null, secret: number): JsonObject {
  const manifest = manifestOf(payload, base)
  const whole = manifest === undefined ? payload : { ...payload, ManifestURL: keyed(manifest, secret) }
  const found = hosted(whole, base)
  if (found === undefined) return withSecret(whole, secret)
  const DataURL = isNone(whole) ? keyed(found, secret) : found.url
  return withSecret({ ...whole, Reference: { ...found.reference, DataURL } }, secret)
}

/** A URL of hosted content with a variable for its key, made with this secret; undefined for any other text. */
export function keyedUrl(text: string, base: string, secret: number): string | undefined {
  const found = hostedUrl(text, base)
  return found === undefined ? undefined : keyed(found, secret)
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

/** Hosted octets at a URL with a key, and the secret that the key is made with, or will be. */
export interface KeyedReference extends ContentReference {
  readonly secret: number
}

/** What the hosted URLs in the text of a payload lead to that have a key, or a variable in its place. */
export function keyedIn(payload: string): readonly KeyedReference[] {
  return [...payload.matchAll(KEYED_REFERENCE)].map(([, sha256 = '', name = '', secret]) => {
    return { sha256, name, secret: Number(secret) }
  })
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
  if (!isJsonObject(reference)) return undefined
  const found = hostedUrl(reference.DataURL, base)
  return found === undefined ? undefined : { reference, ...found }
}

/** @see apple:declarative/declarations/configurations/package.yaml, app.managed.yaml */
function manifestOf({ ManifestURL }: JsonObject, base: string | null) {
  const found = hostedUrl(ManifestURL, base)
  return found !== undefined && isManifestName(found.name) ? found : undefined
}

interface HostedUrl extends ContentReference {
  /** Without a key. */
  readonly url: string
}

function hostedUrl(text: unknown, base: string | null): HostedUrl | undefined {
  if (base === null || typeof text !== 'string') return undefined
  const url = text.replace(AT_END, '')
  const [content] = contentsIn(`${url}"`)
  return content !== undefined && url.startsWith(`${base}/content/`) ? { url, ...content } : undefined
}

function keyed({ url, sha256 }: HostedUrl, secret: number): string {
  return `${url}?key=\${${nameOf({ secret, sha256 })}}`
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
const KEYED_REFERENCE = /\/content\/([0-9a-f]{64})\/([A-Za-z0-9._-]{1,128})\?key=(?:\$\{content\.)?([0-9]{1,9})\./g
const KEYED_ONCE = new RegExp(URL_WITH_KEY)
