import { declarationsToken, type ReportedState, type Stage, stageSentences } from '@edict/core'
import type { Channel, Page } from '@edict/store'
import type { Services } from '../services.ts'
import { diagnoseChannel } from './diagnose-channel.ts'

const PAGE = 200
const EXAMPLES = 10

/** How long a channel that has everything may be silent: devices come once a day by themselves. */
const DAILY = 26 * 3_600_000

type Uses = Pick<Services, 'store' | 'manifests' | 'now' | 'tracer'>

export interface FleetGroup {
  readonly code: string | null
  readonly stage: Stage
  readonly summary: string
  readonly remedy: string | null
  readonly channels: number
  readonly examples: readonly string[]
}

export interface FleetDiagnosis {
  readonly channels: number
  readonly healthy: number
  readonly groups: readonly FleetGroup[]
}

interface Growing extends Omit<FleetGroup, 'channels' | 'examples'> {
  readonly members: { readonly id: string; readonly seen: number }[]
}

/**
 * Diagnoses every channel that has not left, and groups them by their best explanation. Of a channel that has what it should, reported
 * it in force, and was heard of within a day, the trace is not read.
 */
export async function diagnoseFleet(services: Uses): Promise<FleetDiagnosis> {
  const groups = new Map<string, Growing>()
  let [channels, healthy] = [0, 0]
  let cursor: string | null = null
  do {
    const page: Page<Channel> = await services.store.scan.channels(cursor, PAGE)
    const present = page.items.filter(({ enrollment }) => enrollment.state !== 'left')
    channels += present.length
    const examined = await Promise.all(present.map((channel) => examine(channel, services)))
    for (const [index, found] of examined.entries()) {
      const enrollment = present[index]?.enrollment
      if (found === null || enrollment === undefined) {
        healthy += 1
        continue
      }
      const key = `${found.code} ${found.code === null ? found.stage : ''}`
      const group = groups.get(key) ?? { ...found, members: [] }
      group.members.push({ id: enrollment.id, seen: enrollment.lastSeenAt ?? 0 })
      groups.set(key, group)
    }
    cursor = page.next
  } while (cursor !== null)
  return {
    channels,
    healthy,
    groups: [...groups.values()]
      .map(({ members, ...group }) => ({
        ...group,
        channels: members.length,
        examples: members
          .toSorted((a, b) => a.seen - b.seen)
          .slice(0, EXAMPLES)
          .map(({ id }) => id),
      }))
      .toSorted((a, b) => b.channels - a.channels),
  }
}

/** Null: healthy. */
async function examine(channel: Channel, services: Uses): Promise<Omit<Growing, 'members'> | null> {
  if (isWell(channel, await services.store.read.states(channel.enrollment.id), services.now())) return null
  const { stage, healthy, causes } = await diagnoseChannel(channel, services)
  if (healthy) return null
  const cause = causes.find(({ harmless }) => harmless !== true)
  return {
    code: cause?.code ?? null,
    stage,
    summary: cause?.summary ?? stageSentences[stage],
    remedy: cause?.remedy ?? null,
  }
}

/** Whether a channel plainly has what it should: it reported it in force, and was heard of within a day. */
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
