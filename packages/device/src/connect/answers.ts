import { commands, type RequestType } from '@edict/catalogue'
import type { Command } from '@edict/protocol'
import { type CommandAnswer, cannot, malformed, unknownCommand } from './command-answer.ts'
import type { Answer, CommandSubject } from './command-subject.ts'
import { accountConfiguration } from './commands/account-configuration.ts'
import { activationLockBypassCode } from './commands/activation-lock-bypass-code.ts'
import { applyRedemptionCode } from './commands/apply-redemption-code.ts'
import { certificateList } from './commands/certificate-list.ts'
import { clearActivationLockBypassCode } from './commands/clear-activation-lock-bypass-code.ts'
import { clearPasscode } from './commands/clear-passcode.ts'
import { declarativeManagement } from './commands/declarative-management.ts'
import { deleteUser } from './commands/delete-user.ts'
import { deviceConfigured } from './commands/device-configured.ts'
import { deviceInformation } from './commands/device-information.ts'
import { deviceLocation } from './commands/device-location.ts'
import { deviceLock } from './commands/device-lock.ts'
import { disableLostMode } from './commands/disable-lost-mode.ts'
import { disableRemoteDesktop } from './commands/disable-remote-desktop.ts'
import { enableLostMode } from './commands/enable-lost-mode.ts'
import { enableRemoteDesktop } from './commands/enable-remote-desktop.ts'
import { eraseDevice } from './commands/erase-device.ts'
import { firmwarePassword } from './commands/firmware-password.ts'
import { installApplication } from './commands/install-application.ts'
import { installEnterpriseApplication } from './commands/install-enterprise-application.ts'
import { installMedia } from './commands/install-media.ts'
import { installProfile } from './commands/install-profile.ts'
import { installProvisioningProfile } from './commands/install-provisioning-profile.ts'
import { installedApplicationList } from './commands/installed-application-list.ts'
import { logOutUser } from './commands/log-out-user.ts'
import { lomDeviceRequest } from './commands/lom-device-request.ts'
import { lomSetupRequest } from './commands/lom-setup-request.ts'
import { managedApplicationAttributes } from './commands/managed-application-attributes.ts'
import { managedApplicationConfiguration } from './commands/managed-application-configuration.ts'
import { managedApplicationFeedback } from './commands/managed-application-feedback.ts'
import { managedApplicationList } from './commands/managed-application-list.ts'
import { managedMediaList } from './commands/managed-media-list.ts'
import { always } from './commands/nothing-to-tell.ts'
import { playLostModeSound } from './commands/play-lost-mode-sound.ts'
import { profileList } from './commands/profile-list.ts'
import { provisioningProfileList } from './commands/provisioning-profile-list.ts'
import { removeApplication } from './commands/remove-application.ts'
import { removeMedia } from './commands/remove-media.ts'
import { removeProfile } from './commands/remove-profile.ts'
import { removeProvisioningProfile } from './commands/remove-provisioning-profile.ts'
import { requestUnlockToken } from './commands/request-unlock-token.ts'
import { restartDevice } from './commands/restart-device.ts'
import { rotateFileVaultKey } from './commands/rotate-file-vault-key.ts'
import { scheduleOSUpdate } from './commands/schedule-os-update.ts'
import { securityInfo } from './commands/security-info.ts'
import { setAutoAdminPassword } from './commands/set-auto-admin-password.ts'
import { setRecoveryLock } from './commands/set-recovery-lock.ts'
import { settings } from './commands/settings.ts'
import { shutDownDevice } from './commands/shut-down-device.ts'
import { unlockUserAccount } from './commands/unlock-user-account.ts'
import { userList } from './commands/user-list.ts'
import { verifyRecoveryLock } from './commands/verify-recovery-lock.ts'
import { formatFlaw } from './format-flaw.ts'
import { hasCommand } from './has-command.ts'

/** How a device answers each of Apple's commands. */
const answers: { readonly [Type in RequestType]: Answer } = {
  AccountConfiguration: accountConfiguration,
  ActivationLockBypassCode: activationLockBypassCode,
  ActiveNSExtensions: always({ Extensions: [] }),
  ApplyRedemptionCode: applyRedemptionCode,
  AvailableOSUpdates: always({ AvailableOSUpdates: [] }),
  CancelEnhancedLogCollection: always(),
  CertificateList: certificateList,
  ClearActivationLockBypassCode: clearActivationLockBypassCode,
  ClearPasscode: clearPasscode,
  ClearRestrictionsPassword: always(),
  ContentCachingInformation: always({ StatusResponse: { Activated: false, Active: false } }),
  DeclarativeManagement: declarativeManagement,
  DeleteUser: deleteUser,
  DeviceConfigured: deviceConfigured,
  DeviceInformation: deviceInformation,
  DeviceLocation: deviceLocation,
  DeviceLock: deviceLock,
  DisableLostMode: disableLostMode,
  DisableRemoteDesktop: disableRemoteDesktop,
  EnableLostMode: enableLostMode,
  EnableRemoteDesktop: enableRemoteDesktop,
  EraseDevice: eraseDevice,
  InstallApplication: installApplication,
  InstallEnterpriseApplication: installEnterpriseApplication,
  InstallMedia: installMedia,
  InstallProfile: installProfile,
  InstallProvisioningProfile: installProvisioningProfile,
  InstalledApplicationList: installedApplicationList,
  InviteToProgram: always({ InvitationResult: 'Acknowledged' }),
  LOMDeviceRequest: lomDeviceRequest,
  LOMSetupRequest: lomSetupRequest,
  LogOutUser: logOutUser,
  ManagedApplicationAttributes: managedApplicationAttributes,
  ManagedApplicationConfiguration: managedApplicationConfiguration,
  ManagedApplicationFeedback: managedApplicationFeedback,
  ManagedApplicationList: managedApplicationList,
  ManagedMediaList: managedMediaList,
  NSExtensionMappings: always({ Extensions: [] }),
  OSUpdateStatus: always({ OSUpdateStatus: [] }),
  PlayLostModeSound: playLostModeSound,
  ProfileList: profileList,
  ProvisioningProfileList: provisioningProfileList,
  RefreshCellularPlans: always(),
  RemoveApplication: removeApplication,
  RemoveMedia: removeMedia,
  RemoveProfile: removeProfile,
  RemoveProvisioningProfile: removeProvisioningProfile,
  RequestMirroring: always({ MirroringResult: 'Unknown' }),
  RequestUnlockToken: requestUnlockToken,
  RestartDevice: restartDevice,
  Restrictions: always({ GlobalRestrictions: {}, ProfileRestrictions: {} }),
  RotateFileVaultKey: rotateFileVaultKey,
  ScheduleOSUpdate: scheduleOSUpdate,
  ScheduleOSUpdateScan: always({ ScanInitiated: true }),
  SecurityInfo: securityInfo,
  SetAutoAdminPassword: setAutoAdminPassword,
  SetFirmwarePassword: firmwarePassword,
  SetRecoveryLock: setRecoveryLock,
  Settings: settings,
  ShutDownDevice: shutDownDevice,
  StopMirroring: always(),
  TriggerEnhancedLogCollection: always(),
  UnlockUserAccount: unlockUserAccount,
  UserConfigured: deviceConfigured,
  UserList: userList,
  ValidateApplications: always(),
  VerifyFirmwarePassword: firmwarePassword,
  VerifyRecoveryLock: verifyRecoveryLock,
}

/** The answer to a command that the device does not refuse for the moment. */
export async function answerCommand(command: Command['Command'], subject: CommandSubject): Promise<CommandAnswer> {
  const { RequestType } = command
  const answer = Object.hasOwn(answers, RequestType) ? answers[RequestType as RequestType] : undefined
  if (answer === undefined || !hasCommand(RequestType, subject)) return unknownCommand(RequestType)
  const { supervised } = commands.get(RequestType)?.availability[subject.traits.platform] ?? {}
  if (supervised === true && !subject.identity.supervised) return cannot(3, 'The device is not supervised')
  const flaw = formatFlaw(command)
  return flaw === null ? answer(command, subject) : malformed(flaw)
}
