import { statusItems } from '@edict/catalogue'
import { answerFor } from '@edict/core'
import type { ClientCapabilities, Json } from '@edict/protocol'
import type { Channel } from '@edict/store'
import type { Services } from '../services.ts'
import { momentOrNull } from './moment.ts'

/** What the answers of one channel depend on, beside the values. */
export interface Knowledge {
  readonly subscribed: ReadonlySet<string>
  readonly capabilities: ClientCapabilities | null
}

export async function knowledgeOf(
  { enrollment }: Channel,
  { store, manifests }: Pick<Services, 'store' | 'manifests'>,
): Promise<Knowledge> {
  const collected = enrollment.sync.collected
  const served = collected === null ? null : await manifests.served(collected.token, store.read)
  return {
    subscribed: new Set(served?.subscribed ?? []),
    capabilities:
      enrollment.capabilities === null ? null : ((await store.read.capabilities(enrollment.capabilities)) ?? null),
  }
}

/** Items that exist on the platform of a channel. */
export function itemsOf({ enrollment }: Channel): readonly string[] {
  const { platform } = enrollment.facts
  return [...statusItems.values()]
    .filter(({ availability }) => platform === undefined || availability[platform] !== undefined)
    .map(({ name }) => name)
}

/** What is known of one item on one channel. */
export function answered(
  name: string,
  stored: { readonly value: Json; readonly at: number } | undefined,
  { enrollment }: Channel,
  { subscribed, capabilities }: Knowledge,
  now: number,
) {
  const { lastSeenAt, lastFullReportAt, subscribedAt, facts } = enrollment
  const asked = {
    name,
    reported: stored,
    lastSeenAt,
    lastFullReportAt,
    subscribedAt,
    subscribed: subscribed.has(name),
    capabilities,
    platform: facts.platform ?? null,
  }
  return { answer: answerFor(asked, now), value: stored?.value ?? null, reportedAt: momentOrNull(stored?.at) }
}
