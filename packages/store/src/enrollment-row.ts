import type { Enrollment, Said, Sync } from '@edict/core'
import type { Selectable } from 'kysely'
import type { Channel } from './store.ts'
import type { EnrollmentsTable } from './tables.ts'

export type EnrollmentRow = Selectable<EnrollmentsTable>

/** What of a row says what the enrollment is; the other columns are there to find it by. */
export const tellingColumns = [
  'id',
  'cohort',
  'own',
  'particulars',
  'told',
  'told_at',
  'collected',
  'collected_at',
  'shown',
  'content',
] as const satisfies readonly (keyof EnrollmentsTable)[]

type TellingRow = Pick<EnrollmentRow, (typeof tellingColumns)[number]>

/** A channel as it is read: the enrollment with what its cohort says. */
export interface ChannelRow extends TellingRow {
  readonly cohort_common: string
  readonly cohort_since: number
}

/** Every column, in the order in which rows are written. */
export const enrollmentColumns = [
  ...tellingColumns,
  'device',
  'channel',
  'state',
  'period',
  'platform',
  'search',
  'capabilities',
  'enabled',
  'last_seen_at',
  'last_full_report_at',
  'subscribed_at',
] as const satisfies readonly (keyof EnrollmentsTable)[]

/** What is in columns of its own, and so not in the content. */
type Content = Omit<Enrollment, 'id' | 'cohort' | 'own' | 'particulars' | 'sync'> & {
  readonly sync: Omit<Sync, 'told' | 'collected' | 'shown'>
}

/** The row that keeps an enrollment. */
export function enrollmentRow(enrollment: Enrollment): EnrollmentRow {
  const { id, cohort, own, particulars, sync, ...rest } = enrollment
  const { told, collected, shown, ...restOfSync } = sync
  const content: Content = { ...rest, sync: restOfSync }
  return {
    id,
    cohort,
    own,
    particulars,
    told: told?.token ?? null,
    told_at: told?.at ?? null,
    collected: collected?.token ?? null,
    collected_at: collected?.at ?? null,
    shown: JSON.stringify(shown),
    content: JSON.stringify(content),
    device: rest.device,
    channel: rest.channel,
    state: rest.state,
    period: rest.period,
    platform: rest.facts.platform ?? null,
    search: searchText(enrollment),
    capabilities: rest.capabilities,
    enabled: Number(sync.enabled),
    last_seen_at: rest.lastSeenAt,
    last_full_report_at: rest.lastFullReportAt,
    subscribed_at: rest.subscribedAt,
  }
}

/** The enrollment that a row keeps. */
export function enrollmentOf(row: TellingRow): Enrollment {
  const { sync, ...rest } = JSON.parse(row.content) as Content
  const told = said(row.told, row.told_at)
  const collected = said(row.collected, row.collected_at)
  const shown = JSON.parse(row.shown) as readonly string[]
  const { id, cohort, own, particulars } = row
  return { ...rest, id, cohort, own, particulars, sync: { ...sync, told, collected, shown } }
}

export function channelOf(row: ChannelRow): Channel {
  return { enrollment: enrollmentOf(row), common: row.cohort_common, cohortSince: row.cohort_since }
}

/** What a search looks through; names are compared in lower case. */
function searchText({ id, facts, userName }: Enrollment): string {
  return [id, facts.serialNumber, facts.deviceName, userName]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase()
}

function said(token: string | null, at: number | null): Said | null {
  return token === null || at === null ? null : { token, at }
}
