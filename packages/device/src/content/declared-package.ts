import type { JsonObject } from '@edict/protocol'
import { isA } from '../declaration/is-a.ts'
import type { InForce } from '../status/in-force.ts'
import type { PackageFacts } from './package-manifest.ts'

/** What a manifest of a configuration led to, for one ServerToken of it. */
export interface PackageState {
  readonly serverToken: string
  /** `optional`: a person has to want it. */
  readonly phase: 'working' | 'optional' | 'downloading' | 'done' | 'failed'
  /** Null until the manifest was read. */
  readonly facts: PackageFacts | null
  /** The version that is installed. */
  readonly installed: string | null
  /** When it failed, in milliseconds since 1970. */
  readonly failedAt: number | null
  /** What went wrong, in words of the simulation's own: Apple has a code only. */
  readonly problem: string | null
  /** It failed for a reason that may pass. */
  readonly mayRecover: boolean
}

/** Packages as `package.list` has them. @see apple:declarative/status/package.list.yaml */
export function packageList(
  configurations: readonly InForce[],
  packages: ReadonlyMap<string, PackageState>,
): readonly JsonObject[] {
  return configurations.flatMap(({ identifier, declaration }): readonly JsonObject[] => {
    const state = packages.get(identifier)
    if (!isA(declaration, 'com.apple.configuration.package') || state === undefined) return []
    const { facts, phase, failedAt } = state
    const named =
      facts === null ? { identifier } : { identifier: facts.bundleId, name: facts.title, version: facts.version }
    return [
      {
        ...named,
        'declaration-identifier': identifier,
        state: words[phase],
        ...(failedAt === null ? {} : { reasons: [downloadFailed(failedAt)] }),
      },
    ]
  })
}

const words = {
  working: 'queued',
  optional: 'optional',
  downloading: 'downloading',
  done: 'installed',
  failed: 'failed',
} as const satisfies Record<PackageState['phase'], string>

/** @see apple:declarative/status/package.list.yaml, app.managed.list.yaml (reasons) */
export function downloadFailed(at: number): JsonObject {
  const Timestamp = `${new Date(at).toISOString().slice(0, 19)}Z`
  return { code: 'Error.DownloadFailed', description: 'The download failed', details: { Timestamp } }
}
