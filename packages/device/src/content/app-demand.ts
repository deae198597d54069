import { isA } from '../declaration/is-a.ts'
import { objectAt, textAt } from '../json-object.ts'
import { seededFraction } from '../seeded.ts'
import type { InForce } from '../status/in-force.ts'
import { appName } from './app.ts'
import type { PackageState } from './declared-package.ts'
import type { PackageFacts } from './package-manifest.ts'

/** An app that a configuration asks for. */
export interface AppDemand {
  readonly bundleId: string
  readonly name: string
  readonly version: string
  readonly shortVersion: string
  readonly externalVersionId: number
  readonly declaration: string
  readonly required: boolean
  /** How far the download is, of an app that a manifest leads to. */
  readonly download?: Pick<PackageState, 'phase' | 'failedAt'>
}

/**
 * The apps that configurations ask for, by bundle identifier. Of two that ask for the same the first counts. Which app a manifest leads
 * to is known when it was read.
 */
export function demandedApps(
  configurations: readonly InForce[],
  packages: ReadonlyMap<string, PackageState>,
): ReadonlyMap<string, AppDemand> {
  const demands = new Map<string, AppDemand>()
  for (const { identifier, declaration } of configurations) {
    if (!isA(declaration, 'com.apple.configuration.app.managed')) continue
    const { Payload } = declaration
    const required = textAt(objectAt(Payload, 'InstallBehavior') ?? {}, 'Install') === 'Required'
    if (textAt(Payload, 'ManifestURL') !== undefined) {
      const download = packages.get(identifier)
      const app = download?.facts == null ? null : appOf(download.facts)
      if (download !== undefined && app !== null && !demands.has(app.bundleId))
        demands.set(app.bundleId, { ...app, declaration: identifier, required, download })
      continue
    }
    const bundleId =
      textAt(Payload, 'BundleID') ??
      textAt(Payload, 'AppComposedIdentifier') ??
      storeBundleId(textAt(Payload, 'AppStoreID') ?? identifier)
    if (!demands.has(bundleId)) demands.set(bundleId, { ...versionsOf(bundleId), declaration: identifier, required })
  }
  return demands
}

/** The App Store would know which bundle an id stands for. */
export function storeBundleId(id: string): string {
  return `com.example.app-store.${id}`
}

/** An app as its manifest names it. */
export function appOf({ bundleId, version, title }: PackageFacts): Omit<AppDemand, 'declaration' | 'required'> {
  return { ...versionsOf(bundleId), name: title, version, shortVersion: version }
}

/** Name and versions of an app: arbitrary, and the same on every device. */
export function versionsOf(bundleId: string): Omit<AppDemand, 'declaration' | 'required'> {
  const major = 1 + Math.floor(seededFraction(bundleId, 'version') * 20)
  return {
    bundleId,
    name: appName(bundleId),
    version: `${major}00.1`,
    shortVersion: `${major}.0`,
    externalVersionId: 800_000_000 + Math.floor(seededFraction(bundleId, 'external') * 100_000_000),
  }
}
