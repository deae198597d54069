import type { ClientCapabilities } from '@edict/protocol'
import type { CohortKey } from '../assignment/cohort-key.ts'
import type { Eligibility } from '../eligibility/eligibility.ts'
import type { Enrollment } from '../enrollment/enrollment.ts'
import { FRESH } from '../sync/sync.ts'

/** A Tuesday morning, whole seconds. */
export const NOW = Date.UTC(2026, 8, 1, 8, 0, 0)
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

/** A supervised iPad that has not reported its capabilities. */
export const IPAD: Eligibility = {
  channel: 'device',
  platform: 'iOS',
  osVersion: '26.4.2',
  enrollment: 'supervised',
  supervised: true,
  sharedIPad: false,
  capabilities: null,
}

/** A cohort of channels that are given these sets by name. */
export function keyOf(sets: readonly string[], eligibility: Eligibility = IPAD): CohortKey {
  return { eligibility, groups: [], deviceGroups: [], own: sets.map((set) => ({ set, exclude: false })) }
}

/** Capabilities that list these declaration types and status items. */
export function capabilitiesOf(listed: Partial<ClientCapabilities['declarations']>, statusItems: string[] = []) {
  const declarations = { activation: [], asset: [], configuration: [], management: [], ...listed }
  return { supportedVersions: ['1.0.0'], supportedFeatures: {}, declarations, statusItems } satisfies ClientCapabilities
}

/** The device channel of an enrolled iPad, in no cohort yet. */
export function enrollmentOf(but: Partial<Enrollment> = {}): Enrollment {
  const id = but.id ?? 'ipad-1'
  return {
    id,
    device: id,
    channel: 'device',
    shape: 'device',
    state: 'enrolled',
    period: 1,
    facts: { productName: 'iPad13,1', platform: 'iOS', osVersion: '26.4.2', supervised: true },
    capabilities: null,
    push: { topic: 'com.apple.mgmt.example', token: 'ab01', magic: 'magic' },
    awaitingConfiguration: null,
    own: '',
    particulars: '',
    cohort: '',
    since: NOW,
    sync: FRESH,
    enrolledAt: NOW,
    lastSeenAt: NOW,
    lastReportAt: null,
    lastFullReportAt: null,
    subscribedAt: null,
    subscribed: null,
    ...but,
  }
}
