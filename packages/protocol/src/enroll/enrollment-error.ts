import { decodeJson } from '../ddm/decode-json.ts'
import { encodeJson } from '../ddm/encode-json.ts'
import type { JsonObject } from '../ddm/json.ts'
import { jsonFields, jsonKey } from '../ddm/json-fields.ts'
import { ProtocolError } from '../errors.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'

interface Said {
  /** For logs. */
  readonly description?: string
  /** For the person at the device. */
  readonly message?: string
}

export interface SoftwareUpdateRequired extends Said {
  readonly code: 'com.apple.softwareupdate.required'
  readonly details: { readonly OSVersion: string; readonly BuildVersion?: string }
}

export interface PairingTokenMissing extends Said {
  readonly code: 'com.apple.watch.pairing.token.missing'
  readonly details: { readonly 'security-token': string }
}

export interface UnrecognizedDevice extends Said {
  readonly code: 'com.apple.unrecognized.device'
}

export interface WellKnownFailed extends Said {
  readonly code: 'com.apple.well-known.failed'
}

/**
 * Why a device gets no enrollment, as it understands it: the body of a 403.
 * @see Apple Device Management: ErrorCodeSoftwareUpdateRequired, ErrorCodePairingTokenMissing, ErrorUnrecognizedDevice,
 * ErrorWellKnownFailed
 */
export type EnrollmentError = SoftwareUpdateRequired | PairingTokenMissing | UnrecognizedDevice | WellKnownFailed

/** A 403 of Apple's, ready to be sent. */
export interface EncodedEnrollmentError {
  readonly contentType: 'application/json' | 'application/xml'
  readonly body: Uint8Array
}

/** Octets. */
const maximumBytes = 64 * 1024
const what = 'the error'

/**
 * Writes it as JSON, or as a property list where that is what the client asks for: by Accept, which counts first, or by the type
 * of what it sent. Apple lets the server choose, and Content-Type tell.
 * @param asked the headers of the request
 */
export function encodeEnrollmentError(
  error: EnrollmentError,
  asked: { readonly accept?: string | undefined; readonly 'content-type'?: string | undefined } = {},
): EncodedEnrollmentError {
  if (wantsPlist(asked.accept) ?? wantsPlist(asked['content-type']) ?? false)
    return { contentType: 'application/xml', body: encodePlist({ ...error }) }
  return { contentType: 'application/json', body: encodeJson(error as unknown as JsonObject) }
}

/** By which of the two it names first; undefined when it names neither. */
function wantsPlist(types: string | undefined): boolean | undefined {
  const named = /\b(json)\b|\b(?:xml|x-plist|plist)\b/i.exec(types?.slice(0, 1024) ?? '')
  return named === null ? undefined : named[1] === undefined
}

/**
 * Reads the body of a 403. Codes that are not known here are no reason to fail in any other way than by saying so.
 * @throws {ProtocolError} `error-unknown` with the code, `key-missing`, `key-type`, `key-empty`, `too-large`, or that neither JSON
 * nor a property list could be read
 */
export function decodeEnrollmentError(bytes: Uint8Array, contentType: string): EnrollmentError {
  if (bytes.length > maximumBytes) {
    const expected = `at most ${maximumBytes} octets`
    const found = bytes.length
    throw new ProtocolError('too-large', `Cannot read ${what}: ${found} octets, expected ${expected}`, {
      found,
      expected,
    })
  }
  const fields = jsonFields(what)
  // What is not text in a property list has no place in these forms, and is refused as such where it matters.
  const plist = wantsPlist(contentType) ?? false
  const error = fields.object(plist ? (decodePlistDict(bytes, what) as unknown as JsonObject) : decodeJson(bytes), '')
  const code = fields.string(jsonKey(error, 'code'), 'code')
  const said = { ...textAt(error, 'description'), ...textAt(error, 'message') }
  const details = () => fields.object(jsonKey(error, 'details'), 'details')
  switch (code) {
    case 'com.apple.softwareupdate.required': {
      const OSVersion = fields.string(jsonKey(details(), 'OSVersion'), 'details.OSVersion')
      return { code, ...said, details: { OSVersion, ...textAt(details(), 'BuildVersion') } }
    }
    case 'com.apple.watch.pairing.token.missing': {
      const token = fields.string(jsonKey(details(), 'security-token'), 'details.security-token')
      return { code, ...said, details: { 'security-token': token } }
    }
    case 'com.apple.unrecognized.device':
    case 'com.apple.well-known.failed':
      return { code, ...said }
    default:
      throw new ProtocolError('error-unknown', `Cannot read ${what}: it has the code ${JSON.stringify(code)}`, {
        at: 'code',
        found: code,
        expected: 'a code of Apple for enrollment',
      })
  }
}

function textAt<K extends string>(object: JsonObject, key: K): { readonly [key in K]?: string } {
  const value = jsonKey(object, key)
  return (typeof value === 'string' && value !== '' ? { [key]: value } : {}) as { readonly [key in K]?: string }
}
