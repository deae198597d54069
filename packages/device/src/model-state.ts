import type { Json } from '@edict/protocol'
import { type CommandedState, newCommandedState } from './commanded-state.ts'
import type { App } from './content/app.ts'

/** What is true of the device, whoever manages it. */
export interface ModelState {
  passcode: Passcode
  battery: { readonly level: number; readonly health: string }
  fileVault: boolean
  osVersion: string
  /** Null: the usual one of the version. */
  build: string | null
  /** By status item name, where it is not as usual; null takes a value away. */
  softwareUpdate: Map<string, Json>
  testValues: Map<string, Json>
  online: boolean
  locked: boolean
  awaitingConfiguration: boolean
  /** Apps that InstallApplication brought, by bundle identifier. */
  apps: Map<string, App>
  commanded: CommandedState
}

export interface Passcode {
  readonly present: boolean
  /** Null: it follows from the policies in force and from those satisfied. */
  readonly compliant: boolean | null
  /** The policies that were in force when the person last satisfied them. */
  readonly satisfied: readonly string[]
}

export function newModelState(osVersion: string): ModelState {
  return {
    passcode: { present: true, compliant: null, satisfied: [] },
    battery: { level: 0.8, health: 'normal' },
    fileVault: false,
    osVersion,
    build: null,
    softwareUpdate: new Map(),
    testValues: new Map(),
    online: true,
    locked: false,
    awaitingConfiguration: false,
    apps: new Map(),
    commanded: newCommandedState(),
  }
}

/** What a person, apps and management brought is gone; the OS stays, and the battery. */
export function eraseModel(model: ModelState): void {
  const { osVersion, build, battery, online } = model
  Object.assign(model, newModelState(osVersion), { build, battery, online, passcode: noPasscode })
}

const noPasscode: Passcode = { present: false, compliant: null, satisfied: [] }

/** Whether the passcode complies with these policies. Without policies every device does. */
export function isCompliant({ present, compliant, satisfied }: Passcode, policies: readonly string[]): boolean {
  if (compliant !== null) return compliant
  return policies.every((policy) => present && satisfied.includes(policy))
}
