import { createHash } from 'node:crypto'
import { type Declaration, decodeJson, isJsonObject, type JsonObject, type StatusReason } from '@edict/protocol'
import { isA } from '../declaration/is-a.ts'
import { reasons } from '../declaration/reasons.ts'
import { numberAt, objectAt, textAt } from '../json-object.ts'
import type { Answer } from '../transport.ts'
import { mediaType } from './media-type.ts'

/** What the device keeps of an asset: as little as what uses it needs. */
export interface AssetContent {
  readonly userName?: string
  readonly fullName?: string
  readonly emailAddress?: string
  /** The beginning of the data as text. */
  readonly text?: string
  /** A certificate, in base64. */
  readonly certificate?: string
}

export type AssetOutcome =
  | { readonly phase: 'done'; readonly content: AssetContent }
  | { readonly phase: 'failed'; readonly reason: StatusReason; readonly mayRecover: boolean }

const keptText = 1024
const keptCertificate = 16_384

/** Where an asset's data is, or undefined when it carries what it says in its payload. */
export function dataUrlOf({ Payload }: Declaration): string | undefined {
  const reference = objectAt(Payload, 'Reference')
  return reference === undefined ? undefined : textAt(reference, 'DataURL')
}

/** How a device says who it is when it downloads. */
export type Authentication = 'MDM' | 'None'

/** As a managed device, unless the asset says that nobody is to be told. @see apple:declarative/declarations/assets/data.yaml */
export function authenticationOf({ Payload }: Declaration): Authentication {
  return textAt(objectAt(Payload, 'Authentication') ?? {}, 'Type') === 'None' ? 'None' : 'MDM'
}

/** What an asset without data says. */
export function inlineContent({ Payload }: Declaration): AssetContent {
  const fullName = textAt(Payload, 'FullName')
  const emailAddress = textAt(Payload, 'EmailAddress')
  return { ...(fullName !== undefined && { fullName }), ...(emailAddress !== undefined && { emailAddress }) }
}

/**
 * Checks downloaded data as a device does: media type, then size, then SHA-256 (in hex or base64: Apple does not say),
 * then whether it is what the asset's type calls for. `answer` is null when there was none.
 */
export function assetContent(declaration: Declaration, answer: Answer | null): AssetOutcome {
  if (answer === null) return failed(reasons.assetCannotBeDownloaded('The network connection was lost.'), true)
  if (answer.status !== 200) {
    return failed(reasons.assetCannotBeDownloaded(`Unexpected HTTP status ${answer.status}.`), answer.status >= 500)
  }
  const mismatch = mismatchOf(objectAt(declaration.Payload, 'Reference') ?? {}, answer)
  if (mismatch !== undefined) return failed(reasons.assetCannotBeVerified(mismatch), false)
  if (isA(declaration, 'com.apple.asset.data')) {
    return { phase: 'done', content: { text: new TextDecoder().decode(answer.body.subarray(0, keptText)) } }
  }
  return isA(declaration, 'com.apple.asset.credential.certificate') ? certificate(answer.body) : credential(answer.body)
}

function mismatchOf(reference: JsonObject, { headers, body }: Answer): string | undefined {
  const contentType = textAt(reference, 'ContentType')
  const found = mediaType(headers['content-type'])
  if (contentType !== undefined && mediaType(contentType) !== found) {
    return `The content type is “${found}” instead of “${contentType}”.`
  }
  const size = numberAt(reference, 'Size')
  if (size !== undefined && size !== body.length) return `The size is ${body.length} instead of ${size}.`
  const hash = textAt(reference, 'Hash-SHA-256')
  const digest = createHash('sha256').update(body).digest()
  if (hash !== undefined && hash.toLowerCase() !== digest.toString('hex') && hash !== digest.toString('base64')) {
    return 'The SHA-256 hash does not match.'
  }
  return undefined
}

function certificate(body: Uint8Array): AssetOutcome {
  if (body.length === 0) return failed(reasons.assetCannotBeDeserialized('The data is empty.'), false)
  const pem = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/.exec(new TextDecoder().decode(body))?.[1]
  const content = pem?.replace(/\s/g, '') ?? Buffer.from(body).toString('base64')
  return { phase: 'done', content: { certificate: content.slice(0, keptCertificate) } }
}

function credential(body: Uint8Array): AssetOutcome {
  try {
    const data = decodeJson(body)
    if (isJsonObject(data)) {
      const userName = textAt(data, 'UserName')
      return { phase: 'done', content: userName === undefined ? {} : { userName } }
    }
  } catch {
    // Falls through to the one thing a device says about data it cannot read.
  }
  return failed(reasons.assetCannotBeDeserialized('The data is not in the correct format.'), false)
}

function failed(reason: StatusReason, mayRecover: boolean): AssetOutcome {
  return { phase: 'failed', reason, mayRecover }
}
