import { causes, conditionWords, expiryWarning, FleetTally, stageSentences, stages } from '@edict/core'
import { readCertificate } from '@edict/pki'
import type { Services } from '../services.ts'
import type { FleetNumber, Glance, GlanceAuthority, GlancePush } from './glance.ts'
import { type FleetUses, lookOverFleet } from './look-over-fleet.ts'

/** Changes and reasons that a glance shows. */
const SHOWN = 20

const ALL = ['conditions', 'diagnosis'] as const

type Uses = FleetUses & Pick<Services, 'pushing' | 'trust'>

/** The fleet as one picture. Every number is that of the list of its word. */
export async function fleetGlance(services: Uses): Promise<Glance> {
  const { store, now, pushCertificates, tracer } = services
  await Promise.all([tracer.flush(), store.flush(), pushCertificates.refresh()])
  const at = now()
  const tally = new FleetTally()
  for await (const { channel, entries } of lookOverFleet(null, ALL, services)) tally.add(channel, entries)
  const [{ pendingWakes }, expected, revision] = await Promise.all([
    store.scan.counts(),
    store.scan.notYetEnrolled(),
    store.read.revision(),
  ])
  const number = (what: string) => ({ what, count: tally.number(what) })
  const some = (words: readonly string[]) => words.map(number).filter(({ count }) => count > 0)
  const changes = tally.changes(SHOWN)
  const reasons = tally.reasons(SHOWN)
  return {
    at,
    revision,
    channels: tally.number('channels'),
    enrollments: [
      ...['channels', 'devices', 'users', 'enrolled', 'enrolling', 'awaiting', 'imported'].map(number),
      { what: 'expected', count: expected },
      number('left'),
    ],
    platforms: some(['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS', 'platform-unknown']),
    sync: [...['in-sync', 'behind'].map(number), ...some(['behind:first', 'behind:self', 'in-sync:self'])],
    changes: await withAudit(changes.items, services),
    moreChanges: changes.more,
    conditions: conditionWords.map(number),
    reasons: reasons.items,
    moreReasons: reasons.more,
    health: ['healthy', 'ailing'].map(number),
    causes: tally.diagnoses().map(({ word, code, stage, channels }) => {
      const cause = causes.find((one) => one.code === code)
      return {
        what: word,
        count: channels,
        code,
        stage,
        summary: cause?.summary ?? stageSentences[stage],
        remedy: cause?.remedy ?? null,
      }
    }),
    stages: some(stages.map((stage) => `stage:${stage}`)),
    push: pushOf(services, [
      { what: 'pushes-waiting', count: pendingWakes },
      ...['without-token', 'push-not-delivered', 'other-topic'].map(number),
    ]),
    identities: {
      authorities: await authoritiesOf(services),
      numbers: ['identity-ends', 'identity-ended'].map(number),
    },
    silence: { numbers: [number('silent')], longest: tally.silences() },
  }
}

async function withAudit(
  changes: ReturnType<FleetTally['changes']>['items'],
  { store }: Pick<Uses, 'store'>,
): Promise<Glance['changes']> {
  const entries = await store.scan.auditOf(changes.map(({ revision }) => revision))
  const byRevision = new Map(entries.map((entry) => [entry.revision, entry]))
  return changes.map((change) => ({ ...change, made: byRevision.get(change.revision) ?? null }))
}

function pushOf(
  { pushCertificates, pushing, now }: Pick<Uses, 'pushCertificates' | 'pushing' | 'now'>,
  numbers: readonly FleetNumber[],
): GlancePush {
  const [used] = pushCertificates.used
  return {
    certificate:
      used === undefined
        ? null
        : {
            topic: used.topic,
            expiresAt: used.certificate.notAfter,
            warning: expiryWarning(used.certificate.notAfter, now()),
          },
    resting: [...pushing.alarms].map(([topic, { reason, since, until }]) => ({
      topic,
      reason,
      since,
      nextTryAt: until,
    })),
    numbers,
  }
}

async function authoritiesOf({
  store,
  trust,
  now,
}: Pick<Uses, 'store' | 'trust' | 'now'>): Promise<readonly GlanceAuthority[]> {
  const own = (await store.read.authorities(now())).map(({ id, certificate, retiredAt }) => ({
    id,
    state: retiredAt === null ? ('issuing' as const) : ('retired' as const),
    expiresAt: readCertificate(certificate).notAfter,
  }))
  const external = trust.external.map(({ notAfter }) => ({ id: null, state: 'external' as const, expiresAt: notAfter }))
  return [...own, ...external]
}
