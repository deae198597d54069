import type { Json, TokensResponse } from '@edict/protocol'
import type { App } from './content/app.ts'
import type { PackageState } from './content/declared-package.ts'
import type { AssetState, ProfileState } from './content/download.ts'
import type { BackOff } from './declaration/back-off.ts'
import type { SyncMemory } from './declaration/synchronize.ts'
import { nothingReported, type Reported } from './status/reported.ts'

/** Declarative management of one channel: all that is wiped when an enrollment ends. */
export interface ManagementState extends SyncMemory {
  enabled: boolean
  /** The engine fell over and does nothing any more. */
  crashed: boolean
  readonly assets: Map<string, AssetState>
  readonly profiles: Map<string, ProfileState>
  /** What manifests of configurations led to, by configuration. */
  readonly packages: Map<string, PackageState>
  /** Apps that configurations ask for, by bundle identifier. */
  readonly apps: Map<string, App>
  /** What a person changed about accounts, by declaration and key. */
  readonly edits: Map<string, Map<string, Json>>
  readonly reported: Reported
  wantsSync: { readonly offered: TokensResponse | null } | null
  wantsStatus: 'no' | 'changes' | 'full'
  /** When the changes gathered so far are due to be reported. */
  dueAt: number | null
  backOff: BackOff | null
  nextDaily: number | null
  /** How often downloads were tried again. */
  downloadRetries: number
  problem: string | null
}

export function newManagementState(): ManagementState {
  return {
    enabled: false,
    crashed: false,
    token: null,
    timestamp: null,
    manifest: new Map(),
    held: new Map(),
    staged: new Map(),
    assets: new Map(),
    profiles: new Map(),
    packages: new Map(),
    apps: new Map(),
    edits: new Map(),
    reported: nothingReported(),
    wantsSync: null,
    wantsStatus: 'no',
    dueAt: null,
    backOff: null,
    nextDaily: null,
    downloadRetries: 0,
    problem: null,
  }
}
