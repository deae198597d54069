import type { JsonObject } from '@edict/protocol'
import type { Profile } from './content/profile.ts'

/** What commands left on a device, beside apps. It is JSON throughout, so that it is saved as it is. */
export interface CommandedState {
  /** As a command named it; null: as it was made. */
  deviceName: string | null
  hostName: string | null
  timeZone: string | null
  /** Settings by Item, with what was set. */
  settings: { [item: string]: JsonObject }
  lostMode: {
    readonly message: string | null
    readonly phoneNumber: string | null
    readonly footnote: string | null
  } | null
  /** The code that opens an activation lock; null once it was cleared, and of a device that is not supervised. */
  bypassCode: string | null
  recoveryLock: string | null
  /** How often the recovery key of the disk was replaced. */
  recoveryKeys: number
  remoteDesktop: boolean
  /** What AccountConfiguration said; null when it never came. */
  accounts: JsonObject | null
  /** Hashes in base64 of passwords that were set, by GUID of the administrator. */
  adminPasswords: { [guid: string]: string }
  /** Short names. */
  deletedUsers: readonly string[]
  /** By channel. */
  profiles: { [channel: string]: readonly Profile[] }
  /** Of provisioning profiles. */
  provisioning: { [uuid: string]: { readonly name: string; readonly expires: string } }
  /** Apps that InstallEnterpriseApplication brought and nobody manages, by bundle identifier. */
  installed: { [bundleId: string]: { readonly name: string; readonly version: string } }
  /** Books, by their store id or persistent id. */
  media: { [id: string]: JsonObject }
  /** Property lists in base64, by bundle identifier. */
  appConfigurations: { [bundleId: string]: string }
  appAttributes: { [bundleId: string]: string }
  restarts: number
}

export function newCommandedState(): CommandedState {
  return {
    deviceName: null,
    hostName: null,
    timeZone: null,
    settings: {},
    lostMode: null,
    bypassCode: null,
    recoveryLock: null,
    recoveryKeys: 0,
    remoteDesktop: false,
    accounts: null,
    adminPasswords: {},
    deletedUsers: [],
    profiles: {},
    provisioning: {},
    installed: {},
    media: {},
    appConfigurations: {},
    appAttributes: {},
    restarts: 0,
  }
}

/** What is left of it when the device is not managed any more: what management installed goes, what was done stays. */
export function leaveManagement(state: CommandedState): void {
  Object.assign(state, {
    settings: {},
    lostMode: null,
    profiles: {},
    provisioning: {},
    media: {},
    appConfigurations: {},
    appAttributes: {},
  })
}
