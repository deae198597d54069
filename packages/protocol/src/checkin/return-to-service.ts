import { type IdentityKeys, identityFields } from '../identity-keys.ts'
import { decodePlistDict } from '../plist/decode-plist-dict.ts'
import { encodePlist } from '../plist/encode-plist.ts'
import { fieldsOf, requiredDict } from '../plist/fields.ts'
import type { PlistDict } from '../plist/plist-value.ts'

/** A device asks whether to erase itself and enroll again. @see apple:mdm/checkin/returntoservice.yaml */
export interface ReturnToService extends IdentityKeys {
  readonly MessageType: 'ReturnToService'
}

export interface ReturnToServiceConfiguration {
  readonly Enabled: boolean
  readonly WiFiProfileData?: Uint8Array
  readonly MDMProfileData?: Uint8Array
  readonly BootstrapToken?: Uint8Array
  readonly ShouldRetryEnrollment?: boolean
}

export interface ReturnToServiceReply {
  readonly ReturnToService: ReturnToServiceConfiguration
  readonly PreserveDataPlan?: boolean
}

const fields = fieldsOf<ReturnToService>('ReturnToService', { MessageType: 'string', ...identityFields })

const what = 'the reply to ReturnToService'

const replyFields = fieldsOf<Omit<ReturnToServiceReply, 'ReturnToService'>>(what, { PreserveDataPlan: 'boolean?' })

const configurationFields = fieldsOf<ReturnToServiceConfiguration>(what, {
  Enabled: 'boolean',
  WiFiProfileData: 'data?',
  MDMProfileData: 'data?',
  BootstrapToken: 'data?',
  ShouldRetryEnrollment: 'boolean?',
})

export function decodeReturnToService(plist: PlistDict): ReturnToService {
  return fields.read(plist)
}

export function encodeReturnToService(message: ReturnToService): PlistDict {
  return fields.write(message)
}

export function decodeReturnToServiceReply(bytes: Uint8Array): ReturnToServiceReply {
  const plist = decodePlistDict(bytes, what)
  const configuration = configurationFields.read(requiredDict(plist, 'ReturnToService', what))
  return { ...replyFields.read(plist), ReturnToService: configuration }
}

export function encodeReturnToServiceReply(reply: ReturnToServiceReply): Uint8Array {
  return encodePlist({
    ...replyFields.write(reply),
    ReturnToService: configurationFields.write(reply.ReturnToService),
  })
}
