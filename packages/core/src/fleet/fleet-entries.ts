import type { Condition } from '../condition/condition.ts'
import type { Instant } from '../instant.ts'
import { STALE_AFTER } from '../status/answer.ts'
import { behind } from '../sync/behind.ts'
import type { FleetChannel } from './fleet-channel.ts'
import { explainedConditions } from './fleet-word.ts'
import { waitedFor } from './waited-for.ts'

const DAY = 86_400_000

/** An identity that ends within this has not been renewed though it was time: see docs/operate/identity.md. */
const IDENTITY_ENDS_WITHIN = 30 * DAY

/**
 * One thing that is counted. Each of its words names a number of the fleet, and the list of that number has this entry: so a number
 * is the length of its list, whichever way it is asked for.
 */
export interface FleetEntry {
  readonly words: readonly string[]
  readonly since: Instant | null
  /** Of a declaration's condition. */
  readonly declaration?: Pick<Condition, 'kind' | 'identifier'>
  /** Why; null where the word says it all. */
  readonly code: string | null
  readonly message: string | null
}

/**
 * What one channel adds to the numbers of the fleet. One that left is counted as that, and as nothing else.
 *
 * @param topics those that this server can push for
 */
export function fleetEntries(channel: FleetChannel, topics: ReadonlySet<string>, now: Instant): readonly FleetEntry[] {
  const { enrollment } = channel
  if (enrollment.state === 'left') return [entry(['left'], enrollment.lastSeenAt)]
  return [
    ...presence(channel),
    sync(channel, now),
    ...diagnosis(channel),
    ...pushing(channel, topics),
    ...identity(channel, now),
    ...silence(channel, now),
    ...channel.conditions.map(condition),
  ]
}

function entry(
  words: readonly string[],
  since: Instant | null,
  code: string | null = null,
  message: string | null = null,
): FleetEntry {
  return { words, since, code, message }
}

function presence({ enrollment }: FleetChannel): readonly FleetEntry[] {
  const { channel, state, facts, enrolledAt, awaitingConfiguration, imported } = enrollment
  const kind = channel === 'device' ? 'devices' : 'users'
  return [
    entry(['channels', kind, state, facts.platform ?? 'platform-unknown'], enrolledAt),
    ...(awaitingConfiguration === true ? [entry(['awaiting'], enrolledAt)] : []),
    ...(imported !== undefined && imported.seenAt === null ? [entry(['imported'], imported.at)] : []),
  ]
}

function sync({ enrollment, cohort, wanted }: FleetChannel, now: Instant): FleetEntry {
  const { change, since } = waitedFor(enrollment, cohort)
  if (!behind(enrollment.sync, wanted, now)) return entry(['in-sync', `in-sync:${change}`], since)
  const message =
    change === 'first'
      ? 'it has collected nothing since it enrolled'
      : change === 'self'
        ? 'what it said of itself changed what it should hold'
        : `it has not collected what revision ${change} made of its declarations`
  return entry(['behind', `behind:${change}`], since, String(change), message)
}

function diagnosis({ diagnosis: { stage, code, since } }: FleetChannel): readonly FleetEntry[] {
  const words = code === 'healthy' ? ['healthy'] : ['ailing', code ?? `unexplained:${stage}`]
  return [entry([...words, `stage:${stage}`], since, code ?? stage)]
}

function pushing(
  { enrollment: { state, push, enrolledAt } }: FleetChannel,
  topics: ReadonlySet<string>,
): readonly FleetEntry[] {
  if (state !== 'enrolled') return []
  if (push === null)
    return [entry(['without-token'], null, null, 'its push token is gone, and it has told no other one')]
  if (topics.has(push.topic)) return []
  return [entry(['other-topic'], push.at ?? enrolledAt, push.topic, `its topic is ${push.topic}`)]
}

function identity({ enrollment: { channel }, identityEnds }: FleetChannel, now: Instant): readonly FleetEntry[] {
  if (channel !== 'device' || identityEnds === null || identityEnds - now > IDENTITY_ENDS_WITHIN) return []
  return [entry([identityEnds < now ? 'identity-ended' : 'identity-ends'], identityEnds)]
}

function silence({ enrollment: { lastSeenAt, enrolledAt } }: FleetChannel, now: Instant): readonly FleetEntry[] {
  const heard = lastSeenAt ?? enrolledAt
  return heard !== null && now - heard < STALE_AFTER ? [] : [entry(['silent'], heard)]
}

function condition({ condition: word, kind, identifier, reason, since }: Condition): FleetEntry {
  const words = explainedConditions.includes(word) ? [word, `${word}:${reason.code}`] : [word]
  return { words, declaration: { kind, identifier }, since, code: reason.code, message: reason.message }
}
