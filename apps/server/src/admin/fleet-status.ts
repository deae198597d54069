import { answerFor, canonical, STALE_AFTER, type StatusAnswer, statusAnswers } from '@edict/core'
import { decodeJson } from '@edict/protocol'
import type { Channel } from '@edict/store'
import type { Services } from '../services.ts'
import { answered, knowledgeOf } from './answered.ts'
import { moment } from './moment.ts'
import { decodeCursor, encodeCursor, limitOf } from './paging.ts'
import type { Handlers } from './request.ts'

type Uses = Pick<Services, 'store' | 'manifests' | 'now'>

export const fleetStatusHandlers: Handlers<'get-fleet-status'> = {
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
  const text = decodeCursor(cursor)
  if (text === null)
    return [answer === undefined || answer === 'value' || answer === 'stale' ? 'with' : 'without', null]
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
