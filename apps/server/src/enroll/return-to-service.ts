import type { QueuedCommand } from '@edict/core'
import { encodeCommand, isPlistDict, type PlistDict, type ReturnToServiceConfiguration } from '@edict/protocol'
import { openSecret } from '../escrow/open-secret.ts'
import type { Services } from '../services.ts'
import { newChallenge } from '../trust/new-challenge.ts'
import { signedProfile } from './signed-profile.ts'

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId' | 'escrow' | 'log' | 'settings'>

/**
 * How a device comes back after it erased itself: by an enrollment profile with a challenge for this device alone, over the Wi-Fi of
 * the server's settings, with the bootstrap token that it has escrowed. Null where devices could not find this server.
 */
export async function returnConfiguration(
  device: string,
  services: Uses,
): Promise<ReturnToServiceConfiguration | null> {
  const { store, reach, now, settings } = services
  if (reach.url() === null) return null
  const { secret } = await store.transaction((tx) => newChallenge(tx, { meant: device, now: now() }))
  const MDMProfileData = await signedProfile(secret, device, services)
  if (MDMProfileData === null) return null
  const BootstrapToken = await bootstrapTokenOf(device, services)
  return {
    Enabled: true,
    MDMProfileData,
    ...(settings.wiFiProfile === null ? {} : { WiFiProfileData: settings.wiFiProfile }),
    ...(BootstrapToken === null ? {} : { BootstrapToken }),
  }
}

/** Without it the device erases more. One of an earlier period belongs to what was erased then. */
async function bootstrapTokenOf(device: string, services: Uses): Promise<Uint8Array | null> {
  const stored = await services.store.read.secret(device, 'bootstrap-token')
  if (stored === undefined || stored.past) return null
  const opened = openSecret(device, stored, services)
  return opened.kind === 'open' ? opened.secret : null
}

/**
 * An EraseDevice whose ReturnToService is enabled and names no profile. The profile is put into it whenever it is sent, as into
 * an InstallProfile that renews.
 */
export function isReturn({ RequestType, ReturnToService }: PlistDict): boolean {
  if (RequestType !== 'EraseDevice' || ReturnToService === undefined || !isPlistDict(ReturnToService)) return false
  return ReturnToService.Enabled === true && ReturnToService.MDMProfileData === undefined
}

/**
 * The command that erases, filled in. What the administrator wrote into it stays.
 *
 * @see apple:mdm/commands/device.erase.yaml
 */
export async function returnCommand(
  { CommandUUID, command }: Pick<QueuedCommand, 'CommandUUID' | 'command'>,
  device: string,
  services: Uses,
): Promise<Uint8Array> {
  const given = isPlistDict(command.ReturnToService) ? command.ReturnToService : {}
  const ReturnToService: PlistDict = { ...(await returnConfiguration(device, services)), ...given }
  return encodeCommand({ CommandUUID, Command: { ...command, ReturnToService } })
}
