import { declarationsToken, type ReportedState } from '@edict/core'
import type { Channel } from '@edict/store'

/** How long a channel that has everything may be silent: devices come once a day by themselves. In milliseconds. */
export const DAILY = 26 * 3_600_000

/**
 * Whether a channel has what it should, reported it in force, and was heard of within a day: its trace need not be read.
 *
 * @param states what it reported of its declarations
 */
export function isWell({ enrollment, common }: Channel, states: readonly ReportedState[], now: number): boolean {
  const { sync, lastSeenAt, lastReportAt } = enrollment
  const { collected } = sync
  if (!sync.enabled || collected?.token !== declarationsToken(common, enrollment)) return false
  if (lastSeenAt === null || now - lastSeenAt > DAILY) return false
  if (lastReportAt === null || lastReportAt < collected.at) return false
  return states.every(({ kind, active, valid }) =>
    kind === 'activation' || kind === 'configuration' ? active && valid === 'valid' : valid !== 'invalid',
  )
}
