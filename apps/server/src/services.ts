import type { Store } from '@edict/store'
import type { Logger } from 'pino'
import type { Manifests } from './manifests.ts'
import type { Metrics } from './metrics.ts'

/** What operations are handed: each takes only what it uses. */
export interface Services {
  readonly store: Store
  readonly manifests: Manifests
  readonly metrics: Metrics
  readonly log: Logger
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly newId: () => string
  readonly settings: DeviceSettings
}

/** How devices are treated. */
export interface DeviceSettings {
  readonly insecureDevices: boolean
  /** DeclarativeManagement carries the tokens. */
  readonly commandData: boolean
  readonly holdWhileAwaiting: boolean
  readonly keepReports: number
}
