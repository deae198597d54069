import { decodePlist, isPlistDict, type PlistDict, PlistError, type PlistValue } from '@edict/protocol'
import type { Answer } from '../transport.ts'

/** What a device remembers of an installed configuration profile. */
export interface Profile {
  readonly identifier: string
  readonly uuid: string
  readonly displayName: string | null
  readonly version: number
  /** Payload types inside. */
  readonly payloads: readonly string[]
}

export type ProfileOutcome =
  | { readonly phase: 'done'; readonly profile: Profile }
  | { readonly phase: 'failed'; readonly problem: string; readonly mayRecover: boolean }

// Refused inside a declared profile. See apple:declarative/declarations/configurations/legacy.yaml
const refusedPayloads: readonly string[] = ['com.apple.mdm', 'com.apple.declarations']
const downloadFailed = 'The profile cannot be downloaded'
const installationFailed = 'Profile Installation Failed'

/** Reads a downloaded profile, plain or inside a CMS signature. `answer` is null when there was none. */
export function readProfile(answer: Answer | null): ProfileOutcome {
  if (answer === null) return { phase: 'failed', problem: downloadFailed, mayRecover: true }
  if (answer.status !== 200) {
    return { phase: 'failed', problem: `${downloadFailed} (HTTP ${answer.status})`, mayRecover: answer.status >= 500 }
  }
  const plist = profilePlist(answer.body)
  const profile = plist === undefined ? undefined : profileOf(plist)
  return profile === undefined || profile.payloads.some((type) => refusedPayloads.includes(type))
    ? { phase: 'failed', problem: installationFailed, mayRecover: false }
    : { phase: 'done', profile }
}

function profileOf(plist: PlistDict): Profile | undefined {
  const { PayloadType: type, PayloadIdentifier: identifier, PayloadUUID: uuid, PayloadContent: content } = plist
  if (type !== 'Configuration' || typeof identifier !== 'string' || typeof uuid !== 'string') return undefined
  const { PayloadDisplayName: displayName, PayloadVersion: version } = plist
  return {
    identifier,
    uuid,
    displayName: typeof displayName === 'string' ? displayName : null,
    version: typeof version === 'number' ? version : 1,
    payloads: Array.isArray(content) ? content.map(payloadType).filter((found) => found !== undefined) : [],
  }
}

function payloadType(payload: PlistValue): string | undefined {
  const type = isPlistDict(payload) ? payload.PayloadType : undefined
  return typeof type === 'string' ? type : undefined
}

function profilePlist(body: Uint8Array): PlistDict | undefined {
  return dictionary(body) ?? dictionary(embedded(body))
}

/** The XML inside a signature: the content of CMS stands in it as it is. */
function embedded(body: Uint8Array): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const start = bytes.indexOf('<?xml')
  const end = bytes.lastIndexOf('</plist>')
  return start === -1 || end < start ? new Uint8Array() : body.subarray(start, end + '</plist>'.length)
}

function dictionary(bytes: Uint8Array): PlistDict | undefined {
  if (bytes.length === 0) return undefined
  try {
    const plist = decodePlist(bytes)
    return isPlistDict(plist) ? plist : undefined
  } catch (error) {
    if (error instanceof PlistError) return undefined
    throw error
  }
}
