import type { InForce } from '../status/in-force.ts'
import type { App } from './app.ts'
import { type AppDemand, demandedApps } from './app-demand.ts'

interface Surroundings {
  /** Whether a person has to agree to an installation. */
  readonly asks: boolean
  /** When an installation that starts now is done, in milliseconds since 1970; null: when it is told to. */
  readonly installedAt: number | null
  /** Apps of InstallApplication. What a declaration manages is no longer among them. */
  readonly others: Map<string, App>
}

/** Brings the apps of declarations in line with the configurations in force. */
export function arrangeApps(apps: Map<string, App>, configurations: readonly InForce[], around: Surroundings): void {
  const demands = demandedApps(configurations)
  for (const [bundleId, app] of apps) if (demands.get(bundleId)?.declaration !== app.declaration) apps.delete(bundleId)
  for (const [bundleId, demand] of demands) {
    if (apps.has(bundleId)) continue
    apps.set(bundleId, newApp(demand, around))
    around.others.delete(bundleId)
  }
}

function newApp({ required, ...app }: AppDemand, { asks, installedAt }: Surroundings): App {
  if (!required) return { ...app, state: 'optional', proceedsAt: null }
  return asks
    ? { ...app, state: 'prompting-for-consent', proceedsAt: null }
    : { ...app, state: 'installing', proceedsAt: installedAt }
}
