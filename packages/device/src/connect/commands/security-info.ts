import type { PlistDict } from '@edict/protocol'
import { isCompliant } from '../../model-state.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer, CommandSubject } from '../command-subject.ts'

/** @see apple:mdm/commands/information.security.yaml */
export const securityInfo: Answer = (_command, subject) => {
  const { traits, identity, model } = subject
  const compliant = isCompliant(model.passcode, subject.policies())
  return acknowledged({
    SecurityInfo: {
      ...(traits.platform === 'macOS' ? ofMac(subject) : { HardwareEncryptionCaps: 3 }),
      PasscodePresent: model.passcode.present,
      PasscodeCompliant: compliant,
      PasscodeCompliantWithProfiles: compliant,
      ManagementStatus: {
        EnrolledViaDEP: traits.enrollment === 'device' && identity.supervised,
        UserApprovedEnrollment: true,
        IsUserEnrollment: traits.enrollment === 'user',
      },
    },
  })
}

function ofMac({ model }: CommandSubject): PlistDict {
  return {
    FDE_Enabled: model.fileVault,
    FDE_HasPersonalRecoveryKey: model.fileVault,
    FDE_HasInstitutionalRecoveryKey: false,
    IsRecoveryLockEnabled: model.commanded.recoveryLock !== null,
    SystemIntegrityProtectionEnabled: true,
    AuthenticatedRootVolumeEnabled: true,
    RemoteDesktopEnabled: model.commanded.remoteDesktop,
    BootstrapTokenAllowedForAuthentication: 'allowed',
    BootstrapTokenRequiredForSoftwareUpdate: true,
    BootstrapTokenRequiredForKernelExtensionApproval: true,
    FirewallSettings: { FirewallEnabled: false, BlockAllIncoming: false, StealthMode: false },
    SecureBoot: { SecureBootLevel: 'full' },
  }
}
