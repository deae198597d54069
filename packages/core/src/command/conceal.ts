import type { RequestType } from '@edict/catalogue'

/** What stands where a secret was. */
export const CONCEALED = '•••'

/**
 * Keys of commands whose values are told to the device and to nobody else; `*` is each item of an array. A profile is no secret, though it
 * may have some: like a declaration, it has to be seen to be understood.
 *
 * @see apple:mdm/commands/passcode.clear.yaml, device.lock.yaml, device.erase.yaml, account.configuration.yaml,
 * set.auto.admin.password.yaml, passcode.recovery.set.yaml, passcode.recovery.verify.yaml, passcode.firmware.set.yaml,
 * passcode.firmware.verify.yaml, rotate.file.vault.key.yaml, mirroring.request.yaml, application.redemptioncode.yaml
 */
export const secretKeys: ReadonlyMap<string, readonly string[]> = new Map<RequestType, readonly string[]>([
  ['AccountConfiguration', ['AutoSetupAdminAccounts.*.passwordHash']],
  ['ApplyRedemptionCode', ['RedemptionCode']],
  ['ClearPasscode', ['UnlockToken']],
  ['DeviceLock', ['PIN']],
  [
    'EraseDevice',
    ['PIN', 'ReturnToService.BootstrapToken', 'ReturnToService.MDMProfileData', 'ReturnToService.WiFiProfileData'],
  ],
  ['RequestMirroring', ['Password']],
  [
    'RotateFileVaultKey',
    ['FileVaultUnlock.Password', 'FileVaultUnlock.PrivateKeyExport', 'FileVaultUnlock.PrivateKeyExportPassword'],
  ],
  ['SetAutoAdminPassword', ['passwordHash']],
  ['SetFirmwarePassword', ['CurrentPassword', 'NewPassword']],
  ['SetRecoveryLock', ['CurrentPassword', 'NewPassword']],
  ['VerifyFirmwarePassword', ['Password']],
  ['VerifyRecoveryLock', ['Password']],
])

/**
 * A command as it may be shown: secrets are replaced, whatever type they have. The same object where it has none, so that one can tell.
 *
 * @param command as a property list, or in the JSON of the admin API
 */
export function concealed<Command extends { readonly RequestType: string }>(command: Command): Command {
  const paths = secretKeys.get(command.RequestType) ?? []
  return paths.reduce<unknown>((shown, path) => without(shown, path.split('.')), command) as Command
}

/** Whether a command may have secrets, by its name: also when they are concealed already. */
export function hasSecretKeys({ RequestType }: { readonly RequestType: string }): boolean {
  return secretKeys.has(RequestType)
}

function without(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return CONCEALED
  if (key === '*') return Array.isArray(value) ? value.map((item) => without(item, rest)) : value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value
  const before = (value as Readonly<Record<string, unknown>>)[key]
  const after = without(before, rest)
  return after === before ? value : { ...value, [key]: after }
}
