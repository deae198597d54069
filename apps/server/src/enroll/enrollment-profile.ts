import type { EnrolledAccount, Terms } from '@edict/core'
import type { Certificate } from '@edict/pki'
import type { PlistDict } from '@edict/protocol'

export interface EnrollmentProfileOptions {
  /** Public base URL, without a slash at its end. */
  readonly url: string
  /** What it says that no other profile of the device may say otherwise. */
  readonly terms: Terms
  readonly topic: string
  /** Who signed in for it, of account-driven enrollment. */
  readonly account?: EnrolledAccount
  /** The one-time secret that SCEP asks for. */
  readonly challenge: string
  /** Whose key SCEP encrypts to, and who issues. */
  readonly authority: Certificate
  /** Of the profile, its identity, its authority, its management. */
  readonly newId: () => string
}

/** What the payloads in a profile are called. */
const IDENTIFIER = 'edict.enrollment'

/**
 * The profile by which a device enrolls, or renews its identity: an authority to trust, an identity by SCEP, and the management
 * that uses it. Only the identity differs between a device's profiles; devices refuse another Topic, ServerURL or CheckInURL.
 *
 * @see apple:mdm/profiles/com.apple.mdm.yaml, apple:mdm/profiles/com.apple.security.scep.yaml
 */
export function enrollmentProfile({
  url,
  terms,
  topic,
  account,
  challenge,
  authority,
  newId,
}: EnrollmentProfileOptions): PlistDict {
  const identity = newId()
  const payload = (
    PayloadType: string,
    name: string,
    title: string,
    PayloadUUID: string,
    more: PlistDict,
  ): PlistDict => ({
    PayloadType,
    PayloadVersion: 1,
    PayloadIdentifier: `${IDENTIFIER}.${name}`,
    PayloadUUID,
    PayloadDisplayName: title,
    ...more,
  })
  const scep = {
    URL: `${url}/scep`,
    Name: 'Edict',
    Subject: [[['O', 'Edict']], [['CN', 'Device identity']]],
    Challenge: challenge,
    // What is left out would be 1024.
    Keysize: 2048,
    'Key Type': 'RSA',
    // To sign and to decrypt: SCEP needs both.
    'Key Usage': 5,
    CAFingerprint: new Uint8Array(Buffer.from(authority.fingerprint, 'hex')),
    KeyIsExtractable: false,
    AllowAllAppsAccess: false,
    Retries: 3,
    RetryDelay: 10,
  }
  const management = {
    IdentityCertificateUUID: identity,
    Topic: topic,
    ServerURL: terms.ServerURL,
    CheckInURL: terms.CheckInURL,
    SignMessage: true,
    CheckOutWhenRemoved: true,
    ...owned(terms, account),
  }
  return {
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadIdentifier: terms.PayloadIdentifier,
    PayloadUUID: newId(),
    PayloadScope: 'System',
    PayloadDisplayName: 'Device management',
    PayloadDescription: `Lets ${new URL(url).host} manage this device.`,
    PayloadContent: [
      payload('com.apple.security.root', 'authority', 'Device authority', newId(), {
        PayloadContent: authority.der,
        PayloadCertificateFileName: 'authority.cer',
      }),
      payload('com.apple.security.scep', 'identity', 'Device identity', identity, { PayloadContent: scep }),
      payload('com.apple.mdm', 'management', 'Management', newId(), management),
    ],
  }
}

/**
 * What depends on whose device it is. On a person's own device rights are not asked for, and it has no bootstrap token to give.
 *
 * @see apple:mdm/profiles/com.apple.mdm.yaml, apple:mdm/checkin/setbootstraptoken.yaml
 */
function owned({ AccessRights, ServerCapabilities }: Terms, account: EnrolledAccount | undefined): PlistDict {
  if (account === undefined) return { AccessRights, ServerCapabilities }
  const { mode, managedAppleAccount } = account
  const driven = { EnrollmentMode: mode === 'byod' ? 'BYOD' : 'ADDE', AssignedManagedAppleID: managedAppleAccount }
  if (mode === 'adde') return { ...driven, AccessRights, ServerCapabilities }
  return { ...driven, ServerCapabilities: ServerCapabilities.filter((one) => one !== 'com.apple.mdm.bootstraptoken') }
}
