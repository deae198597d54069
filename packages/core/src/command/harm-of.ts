import type { Platform, RequestType } from '@edict/catalogue'
import type { PlistDict } from '@edict/protocol'

/** The PayloadIdentifier of the profile by which devices enroll here: without it a device is not managed any more. */
export const ENROLLMENT_PROFILE = 'edict.enrollment'

/** A command that cannot be taken back. */
interface Destructive {
  readonly harm: string
  /** Whether it does that harm; always, when absent. */
  readonly when?: (command: PlistDict, where: Place) => boolean
}

/** Where a command is to be done. What is not known is taken for the worst. */
interface Place {
  readonly platform: Platform | null
  /** PayloadIdentifier of the profile by which the device is enrolled. */
  readonly profile: string | null
}

/**
 * Commands that nobody wants done twice, or hours after they were meant. Each is sent once, and for a while only.
 *
 * @see apple:mdm/commands/device.erase.yaml, device.lock.yaml, passcode.clear.yaml, profile.remove.yaml, user.delete.yaml,
 * passcode.recovery.set.yaml, passcode.firmware.set.yaml, rotate.file.vault.key.yaml, set.auto.admin.password.yaml,
 * device.activationlock.clearbypasscode.yaml
 */
export const destructiveCommands: ReadonlyMap<string, Destructive> = new Map<RequestType, Destructive>([
  ['ClearActivationLockBypassCode', { harm: 'takes the code away that opens an activation lock' }],
  ['ClearPasscode', { harm: 'takes the passcode away' }],
  ['DeleteUser', { harm: 'deletes a user and all that belongs to them' }],
  [
    'DeviceLock',
    {
      harm: 'locks a Mac, which starts anew and asks for the PIN',
      when: (_command, { platform }) => platform === null || platform === 'macOS',
    },
  ],
  ['EraseDevice', { harm: 'erases the device and all that is on it' }],
  [
    'RemoveProfile',
    {
      harm: 'takes the enrollment profile away, and with it the management',
      when: ({ Identifier }, { profile }) => profile === null || Identifier === profile,
    },
  ],
  ['RotateFileVaultKey', { harm: 'makes the recovery key of the disk invalid' }],
  ['SetAutoAdminPassword', { harm: 'changes the password of an administrator' }],
  ['SetFirmwarePassword', { harm: 'changes the password of the firmware' }],
  ['SetRecoveryLock', { harm: 'changes the password of the recovery system' }],
])

/** What a command does that cannot be taken back, as in "It …"; undefined for one that is harmless. */
export function harmOf(command: PlistDict & { readonly RequestType: string }, where: Place): string | undefined {
  const found = destructiveCommands.get(command.RequestType)
  return found?.when?.(command, where) === false ? undefined : found?.harm
}
