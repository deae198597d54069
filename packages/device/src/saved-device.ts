import type { Declaration, Json } from '@edict/protocol'
import { type CommandedState, newCommandedState } from './commanded-state.ts'
import type { ConnectionState } from './connection-state.ts'
import type { App } from './content/app.ts'
import type { PackageState } from './content/declared-package.ts'
import type { AssetState, ProfileState } from './content/download.ts'
import type { Held } from './declaration/held.ts'
import { heldKey } from './declaration/held.ts'
import type { ManifestEntry } from './declaration/manifest.ts'
import type { SavedAccountSession } from './enroll/account-session.ts'
import type { SavedManagementProfile } from './enroll/management-profile.ts'
import type { ManagementState } from './management-state.ts'
import type { ModelState } from './model-state.ts'

/** A device as JSON: maps are lists of entries, bytes are base64, and nothing is under way. */
export interface SavedDevice {
  readonly enrolled: boolean
  readonly enrollments: number
  /** Absent: 0. */
  readonly ownedEnrollments?: number
  readonly draws: number
  /** Absent or null: enrolled without a profile, or not at all. */
  readonly profile?: SavedManagementProfile | null
  /** Absent or null: nobody signed in for the enrollment. */
  readonly account?: SavedAccountSession | null
  readonly model: SavedModel
  readonly channels: readonly SavedChannel[]
}

export interface SavedChannel {
  readonly id: string
  /** Absent: a user of the network is logged out, and everybody else is there. */
  readonly loggedIn?: boolean
  /** Absent: does not wait in Setup Assistant. */
  readonly awaiting?: boolean
  readonly connection: SavedConnection
  readonly management: SavedManagement
}

type Entries<V> = readonly (readonly [string, V])[]

type SavedModel = Omit<ModelState, 'softwareUpdate' | 'testValues' | 'apps' | 'commanded'> & {
  /** Absent in what was saved before there was any. */
  readonly commanded?: CommandedState
  readonly softwareUpdate: Entries<Json>
  readonly testValues: Entries<Json>
  readonly apps: Entries<App>
}

interface SavedResult {
  readonly label: string
  readonly body: string
}

type SavedConnection = Omit<ConnectionState, 'results' | 'unsent'> & {
  readonly results: Entries<SavedResult>
  readonly unsent: SavedResult | null
}

interface SavedHeld extends ManifestEntry {
  readonly declaration: Declaration | null
}

type Simple = Omit<
  ManagementState,
  'manifest' | 'held' | 'staged' | 'assets' | 'profiles' | 'packages' | 'apps' | 'edits' | 'reported'
>

type SavedManagement = Simple & {
  readonly manifest: readonly ManifestEntry[]
  readonly held: readonly SavedHeld[]
  readonly staged: readonly SavedHeld[]
  readonly assets: Entries<AssetState>
  readonly profiles: Entries<ProfileState>
  /** Absent in what was saved before there were any. */
  readonly packages?: Entries<PackageState>
  readonly apps: Entries<App>
  readonly edits: Entries<Entries<Json>>
  readonly reported: {
    readonly values: Entries<string | null>
    readonly objects: Entries<Entries<string | null>>
    readonly errors: Entries<string | null>
    readonly introduced: boolean
  }
}

export function saveModel(model: ModelState): SavedModel {
  const { softwareUpdate, testValues, apps } = model
  return { ...model, softwareUpdate: [...softwareUpdate], testValues: [...testValues], apps: [...apps] }
}

export function restoreModel(saved: SavedModel): ModelState {
  const { softwareUpdate, testValues, apps } = saved
  return {
    ...saved,
    softwareUpdate: new Map(softwareUpdate),
    testValues: new Map(testValues),
    apps: new Map(apps),
    commanded: { ...newCommandedState(), ...saved.commanded },
  }
}

export function saveConnection(state: ConnectionState): SavedConnection {
  const saved = ({ label, body }: { label: string; body: Uint8Array }): SavedResult => ({
    label,
    body: Buffer.from(body).toString('base64'),
  })
  return {
    ...state,
    results: [...state.results].map(([uuid, result]) => [uuid, saved(result)]),
    unsent: state.unsent === null ? null : saved(state.unsent),
  }
}

export function restoreConnection(saved: SavedConnection): ConnectionState {
  const restored = ({ label, body }: SavedResult) => ({ label, body: new Uint8Array(Buffer.from(body, 'base64')) })
  return {
    ...saved,
    results: new Map(saved.results.map(([uuid, result]) => [uuid, restored(result)])),
    unsent: saved.unsent === null ? null : restored(saved.unsent),
  }
}

export function saveManagement(state: ManagementState): SavedManagement {
  const { reported } = state
  return {
    ...state,
    manifest: [...state.manifest.values()],
    held: [...state.held.values()].map(saveHeld),
    staged: [...state.staged.values()].map(saveHeld),
    assets: [...state.assets].filter(([, { phase }]) => phase !== 'working'),
    profiles: [...state.profiles].filter(([, { phase }]) => phase !== 'working'),
    packages: [...state.packages].filter(([, { phase }]) => phase !== 'working' && phase !== 'downloading'),
    apps: [...state.apps],
    edits: [...state.edits].map(([declaration, edits]) => [declaration, [...edits]]),
    reported: {
      values: [...reported.values],
      objects: [...reported.objects].map(([item, known]) => [item, [...known]]),
      errors: [...reported.errors],
      introduced: reported.introduced,
    },
  }
}

/** `judge` says anew what each declaration is worth here: that is not kept. */
export function restoreManagement(saved: SavedManagement, judge: (held: SavedHeld) => Held): ManagementState {
  const byKey = (list: readonly SavedHeld[]): Map<string, Held> =>
    new Map(list.map((held) => [heldKey(held.kind, held.identifier), judge(held)]))
  const { reported } = saved
  return {
    ...saved,
    manifest: new Map(saved.manifest.map((entry) => [heldKey(entry.kind, entry.identifier), entry])),
    held: byKey(saved.held),
    staged: byKey(saved.staged),
    assets: new Map(saved.assets),
    profiles: new Map(saved.profiles),
    packages: new Map(saved.packages),
    apps: new Map(saved.apps),
    edits: new Map(saved.edits.map(([declaration, edits]) => [declaration, new Map(edits)])),
    reported: {
      values: new Map(reported.values),
      objects: new Map(reported.objects.map(([item, known]) => [item, new Map(known)])),
      errors: new Map(reported.errors),
      introduced: reported.introduced,
    },
  }
}

function saveHeld({ kind, identifier, serverToken, declaration }: Held): SavedHeld {
  return { kind, identifier, serverToken, declaration }
}
