import {
  decodeJson,
  decodePlist,
  isJsonObject,
  isPlistDict,
  type Json,
  PlistError,
  PlistReal,
  type PlistValue,
  ProtocolError,
} from '@edict/protocol'
import { CONCEALED, secretKeys } from '../command/conceal.ts'

/** Names of keys that have secrets; what stands below one of them is concealed but for true and false. */
const SECRET =
  /token|magic|passw|passphrase|passcode|secret|\bpin\b|bypass|private|recoverykey|escrow|redemption|challenge|credential|hash|assertion|nonce|authorization|cookie/i

/** Tokens of declarative management: they name what is declared, and open nothing. */
const HARMLESS = new Set([
  'declarationstoken',
  'servertoken',
  'server-token',
  'synctokens',
  'contenthash',
  'hash-sha-256',
])

/** The last parts of what commands have that is secret. */
const commanded = new Set(
  [...secretKeys.values()].flat().map((path) => path.slice(path.lastIndexOf('.') + 1).toLowerCase()),
)

/** A larger body is not looked through, in octets. */
const LARGEST = 128 * 1024
/** A body with more secrets than a message has is none that is worth keeping. */
const MOST_SECRETS = 200

/** A shorter text is found in too many places to be struck out wherever it stands. */
const SHORTEST = 4

/**
 * The body of a message of device management as it may be kept and shown: as JSON, whatever it was, without what is secret. Secret is
 * what stands under a key that is called so, and data of every kind, but for the JSON of declarative management, which is shown inside;
 * what was concealed in one place is concealed wherever else it stands. Of what cannot be read only the size is told, for it could have
 * anything.
 *
 * @param most characters of the text; what is beyond is cut
 * @returns undefined where nothing was said
 */
export function shownBody(bytes: Uint8Array, most: number): string | undefined {
  if (bytes.length === 0) return undefined
  const value = bytes.length > LARGEST ? undefined : read(bytes)
  if (value === undefined) return sizeOnly(bytes)
  const struck = new Set<string>()
  const shown = concealIn(value, false, struck)
  if (struck.size > MOST_SECRETS) return sizeOnly(bytes)
  const text = JSON.stringify(withoutAll(shown, [...struck]))
  return text.length <= most ? text : `${text.slice(0, most)}…`
}

function sizeOnly({ length }: Uint8Array): string {
  return `${CONCEALED} (${length} octets)`
}

type Body = Json | PlistValue

function read(bytes: Uint8Array): Body | undefined {
  return attempt(() => decodePlist(bytes)) ?? attempt(() => decodeJson(bytes))
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof PlistError || error instanceof ProtocolError) return undefined
    throw error
  }
}

/** @param struck gets what was concealed, as it may stand elsewhere */
function concealIn(value: Body | undefined, secret: boolean, struck: Set<string>): Json {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null
  if (value instanceof Uint8Array) return dataIn(value, secret, struck)
  if (Array.isArray(value)) return (value as readonly Body[]).map((one) => concealIn(one, secret, struck))
  if (value instanceof Date) return secret ? CONCEALED : value.toISOString()
  if (value instanceof PlistReal) return secret ? strike(String(value.value), struck) : value.value
  if (typeof value === 'bigint') return secret ? strike(String(value), struck) : Number(value)
  if (typeof value === 'number') return secret ? strike(String(value), struck) : value
  if (typeof value === 'string') return secret ? strike(value, struck) : withoutQuery(value)
  if (!isDictionary(value)) return CONCEALED
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, concealIn(one, secret || isSecret(key), struck)]),
  )
}

function isDictionary(value: object): value is Readonly<Record<string, Body>> {
  return isJsonObject(value as Json) || isPlistDict(value as PlistValue)
}

function isSecret(key: string): boolean {
  const name = key.toLowerCase()
  return !HARMLESS.has(name) && (SECRET.test(name) || commanded.has(name))
}

/** Data is concealed unless it is the JSON of declarative management. */
function dataIn(bytes: Uint8Array, secret: boolean, struck: Set<string>): Json {
  const json = secret ? undefined : attempt(() => decodeJson(bytes))
  if (json !== undefined && isJsonObject(json)) return concealIn(json, false, struck)
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (const encoding of ['hex', 'base64', 'base64url', 'utf8'] as const) strike(octets.toString(encoding), struck)
  strike(octets.toString('hex').toUpperCase(), struck)
  return `${CONCEALED} (${bytes.length} octets)`
}

function strike(text: string, struck: Set<string>): string {
  if (text.length >= SHORTEST) struck.add(text)
  return CONCEALED
}

/** A URL may let in whoever has it: by a name and password in it, or by its query. */
function withoutQuery(text: string): string {
  return text.replaceAll(
    /\b([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s/?#@]*@)?([^\s?#]*)(\?[^\s#]*)?/gi,
    (_, scheme, user, rest, query) =>
      [scheme, user === undefined ? '' : `${CONCEALED}@`, rest, query === undefined ? '' : `?${CONCEALED}`].join(''),
  )
}

/** Strikes texts out wherever they stand, in names too. The longest first: one may be part of another. */
function withoutAll(value: Json, texts: readonly string[]): Json {
  if (texts.length === 0) return value
  const ordered = texts.toSorted((a, b) => b.length - a.length)
  const clean = (text: string) => ordered.reduce((cleaned, one) => cleaned.replaceAll(one, CONCEALED), text)
  const walk = (one: Json): Json => {
    if (typeof one === 'string') return clean(one)
    if (typeof one === 'number') return ordered.includes(String(one)) ? CONCEALED : one
    if (Array.isArray(one)) return one.map(walk)
    if (!isJsonObject(one)) return one
    return Object.fromEntries(Object.entries(one).map(([key, inside]) => [clean(key), walk(inside)]))
  }
  return walk(value)
}
