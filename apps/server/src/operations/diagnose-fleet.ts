import { causes, HEALTHY, type Stage, stageSentences, UNEXPLAINED } from '@edict/core'
import type { Channel, ChannelDiagnosis, Page } from '@edict/store'
import type { Services } from '../services.ts'
import { lookAtChannel } from './look-at-channel.ts'

const PAGE = 1_000
const EXAMPLES = 10
/** Channels that are diagnosed at once. */
const WIDTH = 50

type Uses = Pick<Services, 'store' | 'manifests' | 'now'>

export interface FleetGroup {
  readonly code: string | null
  readonly stage: Stage
  readonly summary: string
  readonly remedy: string | null
  readonly channels: number
  /** Since when the first of them is known to have it; null when that is known of none. */
  readonly since: number | null
  readonly examples: readonly string[]
}

export interface FleetDiagnosis {
  readonly channels: number
  readonly healthy: number
  /** Nothing that was said since the oldest look that this goes by would change it. */
  readonly asOf: number
  readonly groups: readonly FleetGroup[]
}

/** What one channel has, and since when as far as that is known. */
interface Found {
  readonly enrollment: string
  readonly seen: number
  readonly code: string
  readonly stage: Stage
  readonly since: number | null
  readonly at: number
}

/**
 * Says of every channel that has not left what it has, and groups them by that. What is kept counts where it is what a look now would find;
 * the others are looked at.
 */
export async function diagnoseFleet(services: Uses): Promise<FleetDiagnosis> {
  const groups = new Map<string, Found[]>()
  let [channels, healthy, asOf] = [0, 0, services.now()]
  let cursor: string | null = null
  do {
    const page: Page<ChannelDiagnosis> = await services.store.scan.channelDiagnoses(cursor, PAGE)
    for (const found of await foundOn(page.items, services)) {
      channels += 1
      asOf = Math.min(asOf, found.at)
      if (found.code === HEALTHY) {
        healthy += 1
        continue
      }
      const key = found.code === UNEXPLAINED ? `${found.code} ${found.stage}` : found.code
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [found])
      else group.push(found)
    }
    cursor = page.next
  } while (cursor !== null)
  return {
    channels,
    healthy,
    asOf,
    groups: [...groups.values()].map(groupOf).toSorted((a, b) => b.channels - a.channels),
  }
}

/** What is kept of these channels, or what they are found to have now. Who has left meanwhile is left out. */
async function foundOn(kept: readonly ChannelDiagnosis[], services: Uses): Promise<readonly Found[]> {
  const found: Found[] = []
  for (let from = 0; from < kept.length; from += WIDTH) {
    const some = await Promise.all(kept.slice(from, from + WIDTH).map((one) => foundAt(one, services)))
    found.push(...some.filter((one) => one !== null))
  }
  return found
}

/**
 * What is kept of a channel where a look now would find the same, or what it is found to have now; null when it has left meanwhile.
 *
 * @param seen the channel, where it was read just now
 */
export async function foundAt(kept: ChannelDiagnosis, services: Uses, seen?: Channel): Promise<Found | null> {
  const { enrollment, lastSeenAt, counts, lookedAt, due, fresh } = kept
  const heard = lastSeenAt ?? 0
  const stands = fresh && due !== null && due > services.now()
  if (stands && counts !== null && lookedAt !== null && isKnown(counts.code)) {
    return { enrollment, seen: heard, ...counts, at: lookedAt }
  }
  const channel = seen ?? (await services.store.read.channel(enrollment))
  if (channel === undefined || channel.enrollment.state === 'left') return null
  const { verdict, at } = await lookAtChannel(channel, services)
  const since = counts?.code === verdict.code ? counts.since : null
  return { enrollment, seen: heard, code: verdict.code, stage: verdict.stage, since, at }
}

/** Not what another version of this program knew. */
function isKnown(code: string): boolean {
  return code === HEALTHY || code === UNEXPLAINED || causes.some((cause) => cause.code === code)
}

function groupOf(members: readonly Found[]): FleetGroup {
  const [{ code, stage }] = members as readonly [Found, ...Found[]]
  const cause = causes.find((one) => one.code === code)
  const sinces = members.flatMap(({ since }) => (since === null ? [] : [since]))
  return {
    code: cause?.code ?? null,
    stage,
    summary: cause?.summary ?? stageSentences[stage],
    remedy: cause?.remedy ?? null,
    channels: members.length,
    since: sinces.length === 0 ? null : sinces.reduce((a, b) => Math.min(a, b)),
    examples: members
      .toSorted((a, b) => a.seen - b.seen)
      .slice(0, EXAMPLES)
      .map(({ enrollment }) => enrollment),
  }
}
