import { statusItems } from '@edict/catalogue'
import { answerFor, canonical, STALE_AFTER, type StatusAnswer, statusAnswers } from '@edict/core'

import { type ClientCapabilities, decodeJson, decodeStatusReport, type Json, ProtocolError } from '@edict/protocol'
import type { Channel, StoredReport } from '@edict/store'
import { mustBeKnown } from '../operations/must-be-enrolled.ts'
import type { Services } from '../services.ts'
import { moment, momentOrNull } from './moment.ts'
import { decodeCursor, encodeCursor, limitOf, pageOf } from './paging.ts'
import type { Handlers } from './request.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'now'>

export const statusHandlers: Handlers<'get-status' | 'list-reports' | 'get-fleet-status'> = {
  'get-status': async ({ params }, services) => {
    const channel = await mustBeKnown(services.store.read, params.id)
    const known = await knowledgeOf(channel, services)
    const stored = new Map((await services.store.read.items(params.id)).map((item) => [item.name, item]))
    const names = new Set([
      ...stored.keys(),
      ...known.subscribed,
      ...(known.capabilities?.statusItems ?? []),
      ...itemsOf(channel),
    ])
    const items = [...names]
      .sort()
      .map((name) => [name, answered(name, stored.get(name), channel, known, services.now())] as const)
    return { enrollment: params.id, items: Object.fromEntries(items) }
  },

  'list-reports': async ({ params, query }, { store }) => {
    await mustBeKnown(store.read, params.id)
    const newestFirst = [...(await store.read.reports(params.id))].sort((a, b) => b.sequence - a.sequence)
    const page = pageOf(newestFirst, ({ sequence }) => String(1e15 - sequence).padStart(16, '0'), query)
    return { items: page.items.map(reportResource), next: page.next }
  },

  'get-fleet-status': async ({ params, query }, services) => {
    const { item } = params
    const [values, answers] = await Promise.all([
      services.store.scan.itemCounts(item, 100),
      countAnswers(item, services),
    ])
    const page = await fleetPage(item, query, services)
    return { item, ...page, counts: { values: values.map(({ value, count }) => ({ value, count })), answers } }
  },
}

/** What the answers of one channel depend on, beside the values. */
interface Knowledge {
  readonly subscribed: ReadonlySet<string>
  readonly capabilities: ClientCapabilities | null
}

async function knowledgeOf({ enrollment }: Channel, { store, manifests }: Uses): Promise<Knowledge> {
  const collected = enrollment.sync.collected
  const served = collected === null ? null : await manifests.served(collected.token, store.read)
  return {
    subscribed: new Set(served?.subscribed ?? []),
    capabilities:
      enrollment.capabilities === null ? null : ((await store.read.capabilities(enrollment.capabilities)) ?? null),
  }
}

/** Items that exist on the platform of a channel. */
function itemsOf({ enrollment }: Channel): readonly string[] {
  const { platform } = enrollment.facts
  return [...statusItems.values()]
    .filter(({ availability }) => platform === undefined || availability[platform] !== undefined)
    .map(({ name }) => name)
}

function answered(
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

interface FleetQuery {
  readonly value?: string
  readonly answer?: StatusAnswer
  readonly cursor?: string
  readonly limit?: number
}

/** A page of channels: those with a value, then (unless a value is asked for) those without. */
async function fleetPage(item: string, query: FleetQuery, services: Uses) {
  const limit = limitOf(query.limit)
  const [phase, after] = phaseOf(query)
  if (phase === 'without') return pageWithout(item, query, after, limit, services)
  const { items, next } = await pageWith(item, query, after, limit, services)
  const onlyValues = query.value !== undefined || query.answer === 'value' || query.answer === 'stale'
  if (next !== null || onlyValues) return { items, next }
  const room = limit - items.length
  const rest = await pageWithout(item, query, null, Math.max(room, 1), services)
  if (room > 0) return { items: [...items, ...rest.items], next: rest.next }
  return { items, next: rest.items.length === 0 && rest.next === null ? null : encodeCursor('without:') }
}

async function pageWith(item: string, query: FleetQuery, after: string | null, limit: number, services: Uses) {
  const filter = query.value === undefined ? {} : { value: valueText(query.value) }
  const page = await services.store.scan.itemValues(item, filter, after, limit)
  const now = services.now()
  const items = page.items
    .map(({ enrollment, channel, device, value, at: reportedAt, lastSeenAt }) => {
      const answer: StatusAnswer = now - (lastSeenAt ?? reportedAt) >= STALE_AFTER ? 'stale' : 'value'
      return { enrollment, channel, device, answer, value, reportedAt: moment(reportedAt) }
    })
    .filter(({ answer }) => query.answer === undefined || query.answer === answer)
  return { items, next: page.next === null ? null : encodeCursor(`with:${page.next}`) }
}

async function pageWithout(item: string, query: FleetQuery, after: string | null, limit: number, services: Uses) {
  const page = await services.store.scan.withoutItem(item, after, limit)
  const items = await Promise.all(page.items.map((channel) => unansweredItem(item, channel, services)))
  return {
    items: items.filter(({ answer }) => query.answer === undefined || query.answer === answer),
    next: page.next === null ? null : encodeCursor(`without:${page.next}`),
  }
}

function phaseOf({ cursor, answer }: FleetQuery): readonly ['with' | 'without', string | null] {
  if (cursor === undefined)
    return [answer === undefined || answer === 'value' || answer === 'stale' ? 'with' : 'without', null]
  const text = decodeCursor(cursor)
  const after = text.slice(text.indexOf(':') + 1)
  return [text.startsWith('without:') ? 'without' : 'with', after === '' ? null : after]
}

async function unansweredItem(item: string, channel: Channel, services: Uses) {
  const said = answered(item, undefined, channel, await knowledgeOf(channel, services), services.now())
  return {
    enrollment: channel.enrollment.id,
    channel: channel.enrollment.channel,
    device: channel.enrollment.device,
    ...said,
  }
}

/** Canonical text of the JSON that a query gives, or of the bare word. */
function valueText(value: string): string {
  try {
    return canonical(decodeJson(value))
  } catch {
    return JSON.stringify(value)
  }
}

/** Counted by the database per cohort and subscription, told apart here. */
async function countAnswers(item: string, { store, manifests, now }: Uses) {
  const counts = Object.fromEntries(statusAnswers.map((answer) => [answer, 0])) as Record<StatusAnswer, number>
  for (const group of await store.scan.answerGroups(item, now() - STALE_AFTER)) {
    if (group.hasValue) {
      counts[group.stale ? 'stale' : 'value'] += group.count
      continue
    }
    const cohort = await store.read.cohort(group.cohort)
    const eligibility = cohort?.key.eligibility
    const hash = eligibility?.capabilities ?? null
    const collected = group.collected === null ? null : await manifests.served(group.collected, store.read)
    const asked = {
      name: item,
      reported: undefined,
      lastSeenAt: null,
      lastFullReportAt: group.fullSince ? 1 : group.full ? 0 : null,
      subscribedAt: 0,
      subscribed: collected?.subscribed.includes(item) ?? false,
      capabilities: hash === null ? null : ((await store.read.capabilities(hash)) ?? null),
      platform: eligibility?.platform ?? null,
    }
    counts[answerFor(asked, now())] += group.count
  }
  return counts
}

function reportResource(report: StoredReport) {
  const decoded = report.flaw === null ? decode(report.raw) : null
  return {
    id: String(report.sequence),
    at: moment(report.at),
    size: Buffer.byteLength(report.raw),
    full: report.full,
    understood: report.flaw === null,
    ...(report.flaw === null ? {} : { problem: report.flaw, raw: Buffer.from(report.raw).toString('base64') }),
    statusItems: decoded?.StatusItems ?? null,
    errors: decoded === null ? [] : decoded.Errors.map((error) => structuredClone(error) as unknown as Json),
  }
}

function decode(raw: string) {
  try {
    return decodeStatusReport(Buffer.from(raw))
  } catch (error) {
    if (error instanceof ProtocolError) return null
    throw error
  }
}
