import { type Condition, declarationsToken, judge, type ReportedState, wantedSince } from '@edict/core'
import type { Channel, Reads } from '@edict/store'
import type { Manifests } from '../manifests.ts'

/** What a channel reported of its declarations, and when it last did. */
export interface Reported {
  readonly states: readonly ReportedState[]
  readonly at: number | null
}

export async function reportedBy(id: string, reads: Pick<Reads, 'states' | 'statesReportedAt'>): Promise<Reported> {
  return { states: await reads.states(id), at: await reads.statesReportedAt(id) }
}

/**
 * The condition of every declaration of a channel, from what it should hold, was shown and has reported.
 *
 * @param reported read when absent
 */
export async function conditionsOf(
  channel: Channel,
  reads: Reads,
  manifests: Manifests,
  reported?: Reported,
): Promise<readonly Condition[]> {
  const { enrollment, common, cohortSince } = channel
  const wanted = await manifests.served(declarationsToken(common, enrollment), reads)
  const [newest, second] = enrollment.sync.shown
  const collected = newest === undefined ? null : await manifests.served(newest, reads)
  const previous = second === undefined ? null : await manifests.served(second, reads)
  const cohort = await reads.cohort(enrollment.cohort)
  const { states, at } = reported ?? (await reportedBy(enrollment.id, reads))
  return judge({
    wanted: wanted.generation.items,
    wantedSince: wantedSince(cohortSince, enrollment.since),
    leftOut: [...(cohort?.leftOut ?? []), ...wanted.leftOut],
    collected:
      collected === null ? null : { items: collected.generation.items, at: enrollment.sync.collected?.at ?? 0 },
    previous: previous?.generation.items ?? [],
    reported: states,
    reportedAt: at,
    activations: wanted.activations,
  })
}
