import type { ManagementTerms } from './enrollment-profile.ts'

/**
 * The key of an enrollment profile that keeps it from taking the place of the one installed; null when it may. Rights may be
 * given up and not won.
 * @see apple:mdm/profiles/com.apple.mdm.yaml
 */
export function changedTerms(installed: ManagementTerms, offered: ManagementTerms): string | null {
  if (offered.profile !== installed.profile) return 'PayloadIdentifier'
  if (offered.topic !== installed.topic) return 'Topic'
  if (offered.serverUrl !== installed.serverUrl) return 'ServerURL'
  if (offered.checkInUrl !== installed.checkInUrl) return 'CheckInURL'
  if ((offered.accessRights & ~installed.accessRights) !== 0) return 'AccessRights'
  if (hasUsers(offered) !== hasUsers(installed)) return 'ServerCapabilities'
  if (offered.enrollmentMode !== installed.enrollmentMode) return 'EnrollmentMode'
  if (offered.assignedAccount !== installed.assignedAccount) return 'AssignedManagedAppleID'
  return null
}

/** Whether a profile asks for user channels. */
export function hasUsers({ capabilities }: ManagementTerms): boolean {
  return capabilities.includes('com.apple.mdm.per-user-connections')
}
