import { isDeepStrictEqual } from 'node:util'
import {
  appItems,
  appsReported,
  CAPABILITIES_ITEM,
  type Condition,
  type ConditionChange,
  canonical,
  canonicalFlaws,
  conditionChanges,
  DECLARATIONS_ITEM,
  type Enrollment,
  factsReported,
  gates,
  mergeStatus,
  type ReportChanges,
  type ReportedItem,
  reportedItems,
  reportStates,
  type StatusChange,
  sha256,
  toldOf,
} from '@edict/core'
import {
  decodeStatusReport,
  type EnrollmentIdentity,
  type Json,
  ProtocolError,
  readClientCapabilities,
  type StatusReport,
} from '@edict/protocol'
import type { Channel, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { conditionsOf, type Reported, reportedBy } from './conditions.ts'
import { known } from './known-channel.ts'
import { type Moving, planPlacement, savePlacement } from './place-channels.ts'
import { releaseWhenConfigured } from './release.ts'
import { tellConditions } from './tell-conditions.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'metrics' | 'now' | 'settings' | 'newId'>

/**
 * Takes a status report: merged, judged and kept in one transaction, on disk before the answer leaves. Reports apply in the
 * order of arrival; a repeat changes nothing because of what merging is. One that cannot be understood is kept raw and
 * flagged, and the device is answered as if it could, or it would send it forever.
 *
 * @returns what it says, and what it changed; null when it cannot be understood
 */
export async function takeStatusReport(
  who: EnrollmentIdentity,
  data: Uint8Array,
  services: Uses,
): Promise<Taken | null> {
  const report = understand(data)
  const raw = Buffer.from(data).toString('utf8')
  if (report instanceof ProtocolError) {
    await keepFlawed(who, raw, report.message, services)
    return null
  }
  const reported = reportedItems(report.StatusItems)
  const placing = reported.some(({ name }) => gates(name))
  const changes = await services.store.transaction(async (tx) => {
    if (placing) await tx.lockRevision('share')
    const users =
      placing && who.channel === 'device' ? (await tx.channelsOf(who.id)).map(({ enrollment }) => enrollment.id) : []
    const channels = await tx.lock([...new Set([who.id, ...users])])
    const channel = known(
      who.id,
      channels.find(({ enrollment }) => enrollment.id === who.id),
    )
    return applyReport(tx, channel, channels, { report, reported, raw, placing }, services)
  })
  services.metrics.reports.inc({ kind: report.FullReport ? 'full' : 'partial' })
  return { report, changes }
}

/** A report that was taken. */
interface Taken {
  readonly report: StatusReport
  readonly changes: ReportChanges
}

/** So many items and conditions are named of what a report changed. */
const MOST_NAMED = 20

interface Incoming {
  readonly report: StatusReport
  readonly reported: readonly ReportedItem[]
  readonly raw: string
  readonly placing: boolean
}

async function applyReport(
  tx: Transaction,
  channel: Channel,
  channels: readonly Channel[],
  { report, reported, raw, placing }: Incoming,
  services: Uses,
): Promise<ReportChanges> {
  const { id } = channel.enrollment
  const at = services.now()
  const declarations = reported.find(({ name }) => name === DECLARATIONS_ITEM)?.value
  const judging = declarations === undefined ? null : await judgedBy(tx, channel, declarations, at, services)

  const names = report.FullReport ? undefined : reported.map(({ name }) => name)
  const items = new Map((await tx.items(id, names)).map((item) => [item.name, item.value]))
  const change = mergeStatus(items, reported, report.FullReport)
  await tx.saveItems(
    id,
    change.put.map((item) => ({ ...item, at })),
    change.gone,
  )
  if (judging !== null) await tx.saveStates(id, judging.reported.states, at)
  await seeApps(tx, id, change, at)
  const sequence = await tx.addReport(
    id,
    { at, full: report.FullReport, raw, flaw: null },
    services.settings.keepReports,
  )

  const after = await reportedEnrollment(tx, channel.enrollment, reported, report.FullReport, at)
  const saved = placing
    ? await moveWithUsers(tx, channel, channels, after, at, at + services.settings.wakeWindow)
    : after
  if (!placing) await tx.saveEnrollments([after])
  const judged = { ...channel, enrollment: saved }
  if (judging !== null) await releaseWhenConfigured(tx, judged, services)
  await tx.addEvents([
    {
      at,
      type: 'channel.reported',
      data: { enrollment: id, report: String(sequence), full: report.FullReport, understood: true },
    },
  ])
  // Who moved wants what its new cohort does.
  const moved = placing ? ((await tx.channel(id)) ?? judged) : judged
  const conditions = judging === null ? [] : await tellJudged(tx, moved, judging, at, services)
  const other = change.put.filter(({ name, value }) => !isDeepStrictEqual(value, items.get(name)))
  return {
    items: [...other.map(({ name }) => name), ...change.gone].slice(0, MOST_NAMED),
    conditions: conditions.slice(0, MOST_NAMED).map(({ identifier, from, to }) => ({ identifier, from, to })),
  }
}

/** Tells what became of the conditions of a channel by a report, and gives what that changed. */
async function tellJudged(
  tx: Transaction,
  channel: Channel,
  { before, reported }: { readonly before: readonly Condition[]; readonly reported: Reported },
  at: number,
  { manifests }: Uses,
): Promise<readonly ConditionChange[]> {
  const after = await conditionsOf(channel, tx, manifests, reported)
  await tellConditions(tx, channel.enrollment.id, [before, after], at)
  return conditionChanges(toldOf(before), after)
}

/** What the report says of apps. An item that is gone lists none. */
async function seeApps(tx: Transaction, id: string, { put, gone }: StatusChange, at: number): Promise<void> {
  const said = [...put, ...gone.map((name) => ({ name, value: [] }))].filter(({ name }) => appItems.has(name))
  if (said.length === 0) return
  const known = await tx.apps(id)
  const seen = said.reduce((apps, { name, value }) => appsReported(apps, name, value, at), known)
  await tx.saveApps(id, seen)
}

/** Conditions before a report, and what is known of the channel's declarations after it. */
async function judgedBy(tx: Transaction, channel: Channel, declarations: Json, at: number, { manifests }: Uses) {
  const known = await reportedBy(channel.enrollment.id, tx)
  return {
    before: await conditionsOf(channel, tx, manifests, known),
    reported: { states: reportStates(known.states, declarations, at), at },
  }
}

async function reportedEnrollment(
  tx: Transaction,
  enrollment: Enrollment,
  reported: readonly ReportedItem[],
  full: boolean,
  at: number,
): Promise<Enrollment> {
  const capabilities = reported.find(({ name }) => name === CAPABILITIES_ITEM)?.value
  return {
    ...enrollment,
    facts: factsReported(enrollment.facts, reported),
    capabilities:
      (capabilities === undefined ? null : await keepCapabilities(tx, capabilities)) ?? enrollment.capabilities,
    lastSeenAt: at,
    lastReportAt: at,
    lastFullReportAt: full ? at : enrollment.lastFullReportAt,
  }
}

/** Null when they have no canonical text, which no Apple device sends: what was known before then stays. */
async function keepCapabilities(tx: Transaction, value: Json): Promise<string | null> {
  const capabilities = readClientCapabilities(value)
  if (canonicalFlaws(capabilities as unknown as Json, '', 'payload-malformed').length > 0) return null
  const hash = sha256(canonical(capabilities as unknown as Json))
  await tx.putCapabilities(hash, capabilities)
  return hash
}

/** What a device says of itself gates its user channels too. */
async function moveWithUsers(
  tx: Transaction,
  channel: Channel,
  channels: readonly Channel[],
  after: Enrollment,
  at: number,
  wake: number,
): Promise<Enrollment> {
  const moving = channels.map((other): Moving => {
    if (other.enrollment.id === after.id) return { before: channel, after }
    return { before: other, after: { ...other.enrollment, facts: { ...other.enrollment.facts, ...after.facts } } }
  })
  const placement = await planPlacement(tx, moving, at)
  await savePlacement(tx, placement)
  await tx.wakeChannels(placement.woken, wake)
  return placement.enrollments.find(({ id }) => id === after.id) ?? after
}

function understand(data: Uint8Array): StatusReport | ProtocolError {
  try {
    return decodeStatusReport(data)
  } catch (error) {
    if (error instanceof ProtocolError) return error
    throw error
  }
}

async function keepFlawed(who: EnrollmentIdentity, raw: string, flaw: string, services: Uses): Promise<void> {
  await services.store.transaction(async (tx) => {
    const [locked] = await tx.lock([who.id])
    const channel = known(who.id, locked)
    const at = services.now()
    const sequence = await tx.addReport(who.id, { at, full: false, raw, flaw }, services.settings.keepReports)
    await tx.saveEnrollments([{ ...channel.enrollment, lastSeenAt: at }])
    const data = { enrollment: who.id, report: String(sequence), full: false, understood: false }
    await tx.addEvents([{ at, type: 'channel.reported', data }])
  })
  services.metrics.reports.inc({ kind: 'not-understood' })
}
