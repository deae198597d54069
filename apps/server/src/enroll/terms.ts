import { ENROLLMENT_PROFILE, type Enrollment, type ProfileOrigin, type Terms } from '@edict/core'
import type { Reads } from '@edict/store'

/** Everything: a right that a first profile lacks can never be won by a later one. */
const ALL_RIGHTS = 8191

/** Set once and for all: `per-user-connections` may neither come nor go with a later profile. */
const CAPABILITIES = ['com.apple.mdm.per-user-connections', 'com.apple.mdm.bootstraptoken', 'com.apple.mdm.token']

/** The terms of a profile of ours. `url` is the public base URL that devices find this server at. */
export function ownTerms(url: string): Terms {
  return {
    ServerURL: `${url}/mdm/connect`,
    CheckInURL: `${url}/mdm/checkin`,
    AccessRights: ALL_RIGHTS,
    PayloadIdentifier: ENROLLMENT_PROFILE,
    ServerCapabilities: CAPABILITIES,
  }
}

/**
 * The terms of the next profile for a device. While one of its certificates counts, it has a profile, and refuses other terms than
 * those of that one; a device without gets ours, and so does who is not known yet (`null`).
 *
 * @param url present public base URL
 */
export async function termsFor(
  device: string | null,
  url: string,
  reads: Pick<Reads, 'channel' | 'pinsOf' | 'profileReach'>,
): Promise<Terms> {
  if (device === null) return ownTerms(url)
  const enrollment = (await reads.channel(device))?.enrollment
  if (enrollment === undefined) return ownTerms(url)
  if (!(await reads.pinsOf(device)).some(({ state }) => state === 'current')) return ownTerms(url)
  if (enrollment.imported !== undefined) return enrollment.imported.terms ?? ownTerms(url)
  return ownTerms(enrollment.profileUrl ?? (await reads.profileReach())?.url ?? url)
}

/**
 * By which profile a device authenticates: by that which it has when its certificate follows another one, for the profile that
 * brought it was made with the same terms; otherwise by a new one of ours.
 *
 * @param pinned what the certificate is to the device
 */
export function originOf(
  before: Enrollment | undefined,
  pinned: 'known' | 'next' | 'imported' | 'new',
  url: string | null,
): ProfileOrigin {
  const ours = url === null ? {} : { profileUrl: url }
  if (before === undefined || pinned === 'new') return ours
  const { imported, profileUrl } = before
  if (imported !== undefined) return pinned === 'next' && imported.terms === null ? ours : { imported }
  return profileUrl === undefined ? {} : { profileUrl }
}
