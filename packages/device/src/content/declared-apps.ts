import type { InForce } from '../status/in-force.ts'
import type { App } from './app.ts'
import { type AppDemand, demandedApps } from './app-demand.ts'
import type { PackageState } from './declared-package.ts'

interface Surroundings {
  /** Whether a person has to agree to an installation. */
  readonly asks: boolean
  /** When an installation that starts now is done, in milliseconds since 1970; null: when it is told to. */
  readonly installedAt: number | null
  /** What manifests of configurations led to. */
  readonly packages: ReadonlyMap<string, PackageState>
  /** Apps of InstallApplication. What a declaration manages is no longer among them. */
  readonly others: Map<string, App>
}

/** Brings the apps of declarations in line with the configurations in force. */
export function arrangeApps(apps: Map<string, App>, configurations: readonly InForce[], around: Surroundings): void {
  const demands = demandedApps(configurations, around.packages)
  for (const [bundleId, app] of apps) if (demands.get(bundleId)?.declaration !== app.declaration) apps.delete(bundleId)
  for (const [bundleId, demand] of demands) {
    const known = apps.get(bundleId)
    if (known !== undefined && !isAnother(known, demand)) {
      const next = downloaded(known, demand, around)
      if (next !== known) apps.set(bundleId, next)
      continue
    }
    apps.set(bundleId, newApp(demand, around))
    around.others.delete(bundleId)
  }
}

/** A manifest leads to another version, or to one whose download is tried again. */
function isAnother({ version, failedAt }: App, { download, version: wanted }: AppDemand): boolean {
  return download !== undefined && (version !== wanted || (failedAt !== undefined && download.phase !== 'failed'))
}

/** An app that waited for its download goes on when that is over. */
function downloaded(app: App, { download }: AppDemand, { installedAt }: Surroundings): App {
  if (app.state !== 'downloading' && app.state !== 'installing') return app
  if (download?.phase === 'failed')
    return { ...app, state: 'failed', proceedsAt: null, failedAt: download.failedAt ?? 0 }
  if (app.state === 'downloading' && download?.phase === 'done')
    return { ...app, state: 'installing', proceedsAt: installedAt }
  return app
}

function newApp({ required, download, ...app }: AppDemand, { asks, installedAt }: Surroundings): App {
  if (download?.phase === 'failed')
    return { ...app, state: 'failed', proceedsAt: null, failedAt: download.failedAt ?? 0 }
  if (!required) return { ...app, state: 'optional', proceedsAt: null }
  if (!asks && download !== undefined && download.phase !== 'done')
    return { ...app, state: 'downloading', proceedsAt: null }
  return asks
    ? { ...app, state: 'prompting-for-consent', proceedsAt: null }
    : { ...app, state: 'installing', proceedsAt: installedAt }
}
