import { statusItems } from '@edict/catalogue'
import { encodeStatusReport, isJsonObject, type Json } from '@edict/protocol'
import type { Switches } from '../switches.ts'
import { appleJson } from './apple-json.ts'
import { type Change, errorChange, objectsChange, type Reported, statusItemsOf, valueChange } from './reported.ts'

/** What there may be to report on a channel. */
export interface Reportable {
  readonly supported: ReadonlySet<string>
  readonly subscriptions: readonly string[]
  value(item: string): Json | undefined
}

const withoutSubscription = ['management.client-capabilities', 'management.declarations'] as const

// In the first report of an enrollment and in full ones, whether or not something subscribes to them.
const facts = [
  'device.identifier.serial-number',
  'device.identifier.udid',
  'device.model.family',
  'device.operating-system.build-version',
  'device.operating-system.family',
  'device.operating-system.supplemental.extra-version',
  'device.operating-system.version',
] as const

// The schema has it so that there is something that cannot be reported.
const neverThere = 'test.error-value'

export function reportableItems({ supported, subscriptions }: Omit<Reportable, 'value'>): readonly string[] {
  const wanted = new Set<string>([...withoutSubscription, ...subscriptions])
  return [...wanted].filter((item) => supported.has(item) && item !== neverThere).sort()
}

/** What is subscribed to and cannot be reported. */
export function unreportableItems(reportable: Omit<Reportable, 'value'>): readonly string[] {
  const items = reportableItems(reportable)
  return reportable.subscriptions.filter((item) => !items.includes(item))
}

/** Everything that differs from what was acknowledged; with `all`, everything there is. */
export function changesOf(reportable: Reportable, reported: Reported, all: boolean): readonly Change[] {
  const changes = reportableItems(reportable).map((item) => {
    const value = reportable.value(item)
    return Array.isArray(value) && statusItems.get(item)?.identified === true
      ? objectsChange(item, value.filter(isJsonObject), reported, all)
      : valueChange(item, value, reported, all)
  })
  const errors = unreportableItems(reportable).map((item) => errorChange(item, reported, all))
  return [...changes, ...errors].filter((change) => change !== undefined)
}

/** The facts that are told without being asked for, apart from those that are reported anyway. */
export function factsOf(reportable: Reportable, reported: Reported): readonly Change[] {
  const items = reportableItems(reportable)
  return facts
    .filter((item) => reportable.supported.has(item) && !items.includes(item))
    .map((item) => valueChange(item, reportable.value(item), reported, true))
    .filter((change) => change !== undefined)
}

/** A StatusReport as it goes out. */
export function reportBody(changes: readonly Change[], full: boolean, switches: Switches): Uint8Array {
  const inside = full && switches.fullReportPlace === 'inside'
  const StatusItems = { ...statusItemsOf(changes, switches.removedKey), ...(inside ? { FullReport: true } : {}) }
  const Errors = changes.filter(({ kind }) => kind === 'error').map(({ item }) => errorOf(item))
  if (!switches.prettyReports) return encodeStatusReport({ StatusItems, Errors, FullReport: full && !inside })
  const document = { StatusItems, Errors, ...(full && !inside ? { FullReport: true } : {}) }
  return new TextEncoder().encode(appleJson(document))
}

/** Which code stands for an item that is not there, Apple does not say. */
function errorOf(item: string) {
  const Description = `The status item “${item}” is not available`
  return { StatusItem: item, Reasons: [{ Code: 'Error.StatusItemNotAvailable', Description }] }
}
