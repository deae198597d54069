import { setImmediate as turn } from 'node:timers/promises'
import {
  declarationsToken,
  type FleetChannel,
  type FleetEntry,
  type FleetPart,
  fleetEntries,
  HEALTHY,
  type ShortDiagnosis,
} from '@edict/core'
import type { Page, Reads, SeenChannel } from '@edict/store'
import { conditionsOf } from '../operations/conditions.ts'
import type { Services } from '../services.ts'
import { shortDiagnosis } from './short-diagnosis.ts'

const PAGE = 100
/** Channels that are judged at once: what is read for each of them is read together. */
const WIDTH = 10

/** After so many milliseconds whoever looks over the fleet gives way to devices. */
const TURN = 2

export type FleetUses = Pick<
  Services,
  'store' | 'manifests' | 'fleetManifests' | 'now' | 'tracer' | 'reach' | 'pushCertificates'
>

/** One channel, and what it adds to the numbers of the fleet. */
export interface LookedOver {
  readonly channel: FleetChannel
  readonly entries: readonly FleetEntry[]
}

/**
 * Looks over all channels by id, a page at a time, and gives way to devices in between. Each is as it was when its page was read.
 *
 * @param after the id of the channel after which to begin; null for all
 * @param parts what is asked for beside the enrollment; entries of the rest say nothing
 */
export async function* lookOverFleet(
  after: string | null,
  parts: readonly FleetPart[],
  services: FleetUses,
): AsyncGenerator<LookedOver> {
  const { store, now, reach, pushCertificates } = services
  const topics = new Set([reach.topic, ...pushCertificates.used.map(({ topic }) => topic)])
  const reads = rememberingCohorts(store.read)
  let cursor = after
  let since = performance.now()
  do {
    const page: Page<SeenChannel> = await store.scan.seenChannels(cursor, PAGE)
    for (let from = 0; from < page.items.length; from += WIDTH) {
      const some = page.items.slice(from, from + WIDTH)
      const channels = await Promise.all(some.map((seen) => fleetChannel(seen, parts, reads, services)))
      for (const channel of channels) yield { channel, entries: fleetEntries(channel, topics, now()) }
      if (performance.now() - since < TURN) continue
      await turn()
      since = performance.now()
    }
    cursor = page.next
  } while (cursor !== null)
}

async function fleetChannel(
  seen: SeenChannel,
  parts: readonly FleetPart[],
  reads: Reads,
  services: FleetUses,
): Promise<FleetChannel> {
  const { enrollment, common, cohortSince, cohortRevision, reported, identityEnds } = seen
  const isHere = enrollment.state !== 'left'
  const { states, at } = reported ?? { states: [], at: null }
  return {
    enrollment,
    wanted: declarationsToken(common, enrollment),
    cohort: { since: cohortSince, revision: cohortRevision },
    conditions:
      isHere && parts.includes('conditions')
        ? await conditionsOf(seen, reads, services.fleetManifests, { states, at })
        : [],
    diagnosis: isHere && parts.includes('diagnosis') ? await shortDiagnosis(seen, services) : UNASKED,
    identityEnds,
  }
}

/** Nothing stands against one that left, or of which nobody asks. */
const UNASKED: ShortDiagnosis = { stage: 'in-force', code: HEALTHY, since: null }

/** A cohort is asked for once for all of its channels. */
function rememberingCohorts(reads: Reads): Reads {
  const known = new Map<string, ReturnType<Reads['cohort']>>()
  return {
    ...reads,
    cohort: (id) => {
      const cohort = known.get(id) ?? reads.cohort(id)
      known.set(id, cohort)
      return cohort
    },
  }
}
