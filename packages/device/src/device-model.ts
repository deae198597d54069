import type { Json } from '@edict/protocol'
import type { ModelEvent } from './model-event.ts'

/** What a person, an app or Apple can change about a device. What follows from it, the device does by itself. */
export interface DeviceModel {
  /** `compliant` absent: compliant while no passcode policy is in force, or the one in force was satisfied. */
  setPasscode(passcode: { readonly present: boolean; readonly compliant?: boolean }): void
  /** The person chooses a passcode that satisfies the policies in force. */
  satisfyPasscode(): void
  removePasscode(): void
  /** Changes a key of the account that a declaration made, as reported, e.g. `are-notes-enabled`. */
  toggleAccount(declarationId: string, key: string, value: Json): void
  /** The person agrees to the installation. */
  tapInstall(bundleId?: string): void
  decline(bundleId?: string): void
  deleteApp(bundleId: string): void
  /** What is queued or installing goes one step on. */
  progress(bundleId?: string): void
  setBattery(battery: { readonly level?: number; readonly health?: string }): void
  setFileVault(enabled: boolean): void
  setOSVersion(version: string, build?: string): void
  /** The value of an item `softwareupdate.…`; null takes it away. */
  setSoftwareUpdate(item: string, value: Json): void
  /** The value of an item `test.…`; null takes it away. */
  setTestValue(item: string, value: Json): void
  setNetwork(online: boolean): void
  setAwaitingConfiguration(awaiting: boolean): void
  lock(): void
  unlock(): void
  /** The JSON form of all of these. Throws DeviceError `event-unknown`. */
  apply(event: ModelEvent): void
}
