import type { Platform } from '@edict/catalogue'
import { statusItems } from '@edict/catalogue'
import type { ClientCapabilities, Json } from '@edict/protocol'
import type { Instant } from '../instant.ts'

/** What can be said of one status item on one channel. Unknown is not false. */
export type StatusAnswer = (typeof statusAnswers)[number]

export const statusAnswers = ['value', 'stale', 'absent', 'unsupported', 'not-subscribed', 'never-reported'] as const

/** All that an answer depends on. */
export interface Asked {
  readonly name: string
  readonly reported: { readonly value: Json; readonly at: Instant } | undefined
  readonly lastSeenAt: Instant | null
  readonly lastFullReportAt: Instant | null
  /** When the present subscriptions were collected, and whether they name the item. */
  readonly subscribedAt: Instant | null
  readonly subscribed: boolean
  readonly capabilities: ClientCapabilities | null
  readonly platform: Platform | null
}

export const STALE_AFTER = 48 * 60 * 60_000

export function answerFor(asked: Asked, now: Instant): StatusAnswer {
  if (asked.reported !== undefined) {
    return now - (asked.lastSeenAt ?? asked.reported.at) >= STALE_AFTER ? 'stale' : 'value'
  }
  if (isAbsent(asked)) return 'absent'
  if (!isSupported(asked)) return 'unsupported'
  return asked.subscribed || reportedUnasked(asked.name) ? 'never-reported' : 'not-subscribed'
}

function isAbsent({ subscribed, subscribedAt, lastFullReportAt, name }: Asked): boolean {
  if (lastFullReportAt === null) return false
  return reportedUnasked(name) || (subscribed && subscribedAt !== null && lastFullReportAt > subscribedAt)
}

/** Whether a device can have a status item, as far as it or Apple's schema says. */
export function isSupported({
  capabilities,
  name,
  platform,
}: Pick<Asked, 'capabilities' | 'name' | 'platform'>): boolean {
  if (capabilities !== null) return capabilities.statusItems.includes(name)
  const facts = statusItems.get(name)
  return facts === undefined || platform === null || facts.availability[platform] !== undefined
}

/**
 * The management items come without a subscription.
 *
 * @see https://developer.apple.com/documentation/devicemanagement/leveraging-the-declarative-management-data-model-to-scale-devices
 */
function reportedUnasked(name: string): boolean {
  return name.startsWith('management.')
}
