import type { Enrollment } from '@edict/core'
import type { Channel, ProfileReach } from '@edict/store'
import type { Logger } from 'pino'
import { ConfigError } from '../config.ts'
import type { Services } from '../services.ts'

const PAGE = 1000

interface Wanted {
  /** Null when it was not said. */
  readonly url: string | null
  readonly topic: string
  readonly acceptNewReach: boolean
}

/**
 * Compares where devices are told to find this server, and the topic, with what profiles were made with. Neither can change in
 * those that are installed, so a server that is started with others would lose devices without a word.
 *
 * @throws ConfigError which says how many devices have such profiles
 */
export async function guardReach(
  { url, topic, acceptNewReach }: Wanted,
  { store, now }: Pick<Services, 'store' | 'now'>,
  log: Logger,
): Promise<void> {
  const kept = await store.read.profileReach()
  if (kept === undefined) return
  const wanted: ProfileReach = { url: url ?? kept.url, topic, at: now() }
  if (wanted.url === kept.url && wanted.topic === kept.topic) return
  const devices = await countMadeWith(kept, wanted, store)
  if (devices > 0 && !acceptNewReach) throw refusal(kept, wanted, devices)
  await store.transaction(async (tx) => {
    await tx.replaceProfileReach(wanted)
    const detail = { from: { url: kept.url, topic: kept.topic }, to: { url: wanted.url, topic }, enrollments: devices }
    await tx.addAudit({ at: now(), actor: 'server', action: 'reach-changed', target: 'reach', revision: 0, detail })
  })
  log.warn({ from: kept, to: wanted, devices }, 'profiles are made with another address or topic from now on')
}

function refusal(kept: ProfileReach, wanted: ProfileReach, devices: number): ConfigError {
  const changed = wanted.url === kept.url ? '--topic' : '--url'
  const [now, before] = changed === '--url' ? [wanted.url, kept.url] : [wanted.topic, kept.topic]
  const who = devices === 1 ? '1 enrolled device has a profile' : `${devices} enrolled devices have profiles`
  return new ConfigError(
    `Cannot start with ${changed} ${now}: ${who} with ${before}, which cannot change there; start with ${changed} ${before}, or, when they still reach this server by it or are given up, once with --accept-new-reach`,
  )
}

/** Devices that would not be reached, or would refuse every later profile. */
async function countMadeWith(kept: ProfileReach, wanted: ProfileReach, store: Services['store']): Promise<number> {
  let count = 0
  let cursor: string | null = null
  do {
    const page: { readonly items: readonly Channel[]; readonly next: string | null } = await store.scan.channels(
      cursor,
      PAGE,
    )
    count += page.items.filter(({ enrollment }) => isMadeWith(enrollment, kept, wanted)).length
    cursor = page.next
  } while (cursor !== null)
  return count
}

function isMadeWith(enrollment: Enrollment, kept: ProfileReach, wanted: ProfileReach): boolean {
  const { channel, state, imported, profileUrl, push } = enrollment
  if (channel !== 'device' || state === 'left') return false
  const hasUrl = imported === undefined && (profileUrl ?? kept.url) === kept.url
  const hasTopic = push === null ? imported === undefined : push.topic === kept.topic
  return (wanted.url !== kept.url && hasUrl) || (wanted.topic !== kept.topic && hasTopic)
}
