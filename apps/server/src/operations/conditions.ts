import { type Condition, declarationsToken, judge, wantedSince } from '@edict/core'
import type { Channel, Reads } from '@edict/store'
import type { Manifests } from '../manifests.ts'

/** The condition of every declaration of a channel, from what it should hold, was shown and has reported. */
export async function conditionsOf(
  channel: Channel,
  reads: Reads,
  manifests: Manifests,
): Promise<readonly Condition[]> {
  const { enrollment, common, cohortSince } = channel
  const wanted = await manifests.served(declarationsToken(common, enrollment.own), reads)
  const [newest, second] = enrollment.sync.shown
  const collected = newest === undefined ? null : await manifests.served(newest, reads)
  const previous = second === undefined ? null : await manifests.served(second, reads)
  const cohort = await reads.cohort(enrollment.cohort)
  return judge({
    wanted: wanted.generation.items,
    wantedSince: wantedSince(cohortSince, enrollment.since),
    leftOut: [...(cohort?.leftOut ?? []), ...wanted.leftOut],
    collected:
      collected === null ? null : { items: collected.generation.items, at: enrollment.sync.collected?.at ?? 0 },
    previous: previous?.generation.items ?? [],
    reported: await reads.states(enrollment.id),
    reportedAt: await reads.statesReportedAt(enrollment.id),
    activations: wanted.activations,
  })
}
