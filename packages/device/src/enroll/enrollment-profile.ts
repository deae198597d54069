import {
  type Certificate,
  decodePem,
  type NameAttribute,
  type NameType,
  readCertificate,
  verifySignedData,
} from '@edict/pki'
import { decodePlist, isPlistDict, type PlistDict, type PlistValue } from '@edict/protocol'
import { DeviceError } from '../device-error.ts'

/** What a profile says about the management it begins. As JSON it is kept with the device. */
export interface ManagementTerms {
  /** PayloadIdentifier of the whole profile: the next one with it takes its place. */
  readonly profile: string
  readonly topic: string
  readonly serverUrl: string
  readonly checkInUrl: string
  readonly accessRights: number
  readonly signMessage: boolean
  readonly checkOutWhenRemoved: boolean
  readonly capabilities: readonly string[]
  readonly enrollmentMode: string | null
  readonly assignedAccount: string | null
}

/** Where an identity comes from. @see apple:mdm/profiles/com.apple.security.scep.yaml */
export interface ScepTerms {
  readonly url: string
  /** The `message` of GetCACert. */
  readonly name: string | null
  readonly subject: readonly NameAttribute[]
  readonly challenge: string | null
  /** Bits. */
  readonly keySize: number
  /** Digest of the authority's certificate: MD5, SHA-1 or SHA-256 by its length. */
  readonly fingerprint: Uint8Array | null
  readonly retries: number
  /** Seconds. */
  readonly retryDelay: number
}

export interface EnrollmentProfile {
  readonly management: ManagementTerms
  readonly scep: ScepTerms
  /** Certificates that it asks to be trusted. */
  readonly authorities: readonly Certificate[]
}

const certificatePayloads = new Set(['com.apple.security.root', 'com.apple.security.pkcs1', 'com.apple.security.pem'])

/**
 * Reads a `.mobileconfig`, plain or CMS-signed. A signature has to fit what it signs; who signed it is for a person to look at.
 *
 * @throws DeviceError `profile-unreadable`, or `profile-incomplete` with the key that is missing or cannot be used
 */
export function readEnrollmentProfile(body: Uint8Array): EnrollmentProfile {
  const profile = plistIn(body)
  const payloads = Array.isArray(profile.PayloadContent) ? profile.PayloadContent.filter(isPlistDict) : []
  const mdm = payloads.find(({ PayloadType }) => PayloadType === 'com.apple.mdm')
  if (mdm === undefined) throw incomplete('com.apple.mdm', undefined, 'an MDM payload')
  const identity = payloads.find(({ PayloadUUID }) => PayloadUUID === mdm.IdentityCertificateUUID)
  if (identity?.PayloadType !== 'com.apple.security.scep' || !isPlistDict(identity.PayloadContent)) {
    throw incomplete('IdentityCertificateUUID', mdm.IdentityCertificateUUID, 'the PayloadUUID of a SCEP payload')
  }
  return {
    management: managementTerms(profile, mdm),
    scep: scepTerms(identity.PayloadContent),
    authorities: payloads.filter(({ PayloadType }) => certificatePayloads.has(String(PayloadType))).map(certificateOf),
  }
}

function plistIn(body: Uint8Array): PlistDict {
  try {
    const plist = decodePlist(body[0] === 0x30 ? verifySignedData(body).content : body)
    if (isPlistDict(plist)) return plist
  } catch (cause) {
    throw new DeviceError('profile-unreadable', `Cannot read profile: ${(cause as Error).message}`)
  }
  throw new DeviceError('profile-unreadable', 'Cannot read profile: it is no dictionary')
}

function managementTerms(profile: PlistDict, mdm: PlistDict): ManagementTerms {
  const topic = text(mdm, 'Topic')
  if (!topic.startsWith('com.apple.mgmt.')) throw incomplete('Topic', topic, 'com.apple.mgmt. and more')
  const serverUrl = managementUrl(text(mdm, 'ServerURL'), 'ServerURL')
  const { CheckInURL, AccessRights, SignMessage, CheckOutWhenRemoved, ServerCapabilities } = mdm
  return {
    profile: text(profile, 'PayloadIdentifier'),
    topic,
    serverUrl,
    checkInUrl: CheckInURL === undefined ? serverUrl : managementUrl(text(mdm, 'CheckInURL'), 'CheckInURL'),
    accessRights: typeof AccessRights === 'number' ? AccessRights : 0,
    signMessage: SignMessage === true,
    checkOutWhenRemoved: CheckOutWhenRemoved === true,
    capabilities: texts(ServerCapabilities),
    enrollmentMode: optionalText(mdm, 'EnrollmentMode'),
    assignedAccount: optionalText(mdm, 'AssignedManagedAppleID'),
  }
}

/** A real device takes https only; on the machine itself a simulated one makes do without. */
function managementUrl(value: string, key: string): string {
  const url = URL.parse(value)
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url?.hostname ?? '')
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)) return value
  throw incomplete(key, value, 'an https:// URL')
}

function scepTerms(content: PlistDict): ScepTerms {
  const { Keysize, CAFingerprint, Retries, RetryDelay } = content
  const keyType = content['Key Type'] ?? 'RSA'
  if (keyType !== 'RSA') throw incomplete('Key Type', keyType, 'RSA')
  return {
    url: text(content, 'URL'),
    name: optionalText(content, 'Name'),
    subject: subjectOf(content.Subject),
    challenge: optionalText(content, 'Challenge'),
    // What the schema says of an absent Keysize, weak as it is.
    keySize: typeof Keysize === 'number' ? Keysize : 1024,
    fingerprint: CAFingerprint instanceof Uint8Array ? CAFingerprint : null,
    retries: typeof Retries === 'number' ? Retries : 3,
    retryDelay: typeof RetryDelay === 'number' ? RetryDelay : 10,
  }
}

const attributeTypes: ReadonlyMap<string, NameType> = new Map<string, NameType>([
  ...(['CN', 'serialNumber', 'C', 'L', 'ST', 'O', 'OU', 'UID', 'DC'] as const).map((type) => [type, type] as const),
  ['2.5.4.3', 'CN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
])

/** A list of sets of pairs: `[[['CN', 'iPad']]]`. */
function subjectOf(value: PlistValue | undefined): readonly NameAttribute[] {
  if (value === undefined) return []
  const pairs = Array.isArray(value) ? value.flatMap((set) => (Array.isArray(set) ? set : [set])) : [value]
  return pairs.map((pair) => {
    const [name, content] = Array.isArray(pair) ? pair : []
    const type = attributeTypes.get(String(name))
    if (type === undefined || typeof content !== 'string')
      throw incomplete('Subject', pair, '[["CN", "…"]] and the like')
    return { type, value: content }
  })
}

function certificateOf({ PayloadContent, PayloadType }: PlistDict): Certificate {
  if (!(PayloadContent instanceof Uint8Array)) throw incomplete(String(PayloadType), PayloadContent, 'a certificate')
  try {
    if (PayloadContent[0] === 0x30) return readCertificate(PayloadContent)
    const [der] = decodePem(new TextDecoder().decode(PayloadContent), 'CERTIFICATE')
    if (der !== undefined) return readCertificate(der)
  } catch (cause) {
    throw incomplete(String(PayloadType), (cause as Error).message, 'a certificate')
  }
  throw incomplete(String(PayloadType), 'no PEM', 'a certificate')
}

function text(dict: PlistDict, key: string): string {
  const value = dict[key]
  if (typeof value === 'string' && value !== '') return value
  throw incomplete(key, value, 'text')
}

function optionalText(dict: PlistDict, key: string): string | null {
  const value = dict[key]
  return typeof value === 'string' && value !== '' ? value : null
}

function texts(value: PlistValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function incomplete(at: string, found: unknown, expected: string): DeviceError {
  return new DeviceError('profile-incomplete', `Cannot enroll with this profile: ${at} is not ${expected}`, {
    at,
    found,
    expected,
  })
}
