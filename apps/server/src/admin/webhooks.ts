import type { EventType } from '@edict/api'

import type { Delivery, DeliveryFilter, Webhook } from '@edict/store'
import { addWebhook } from '../operations/add-webhook.ts'
import { changeWebhook } from '../operations/change-webhook.ts'
import { mustBeWebhook } from '../operations/must-be-webhook.ts'
import { redeliver } from '../operations/redeliver.ts'
import { removeWebhook } from '../operations/remove-webhook.ts'
import { rotateWebhookSecret } from '../operations/rotate-webhook-secret.ts'
import { testWebhook } from '../operations/test-webhook.ts'
import type { Services } from '../services.ts'
import { webhookSecretText } from '../webhooks/webhook-signature.ts'
import { moment, momentOrNull } from './moment.ts'
import { decodeNumber, encodeCursor, limitOf, pageOf } from './paging.ts'
import type { Handlers } from './request.ts'

/** Seconds. */
const OVERLAP = 86_400

export const webhookHandlers: Handlers<
  | 'add-webhook'
  | 'list-webhooks'
  | 'get-webhook'
  | 'change-webhook'
  | 'remove-webhook'
  | 'rotate-webhook-secret'
  | 'test-webhook'
  | 'list-deliveries'
  | 'redeliver'
> = {
  'add-webhook': async ({ body, write, reply }, services) => {
    const { url, types = null, note = '' } = body
    const { webhook, secret } = await addWebhook({ url, types, note }, write, services)
    reply.header('cache-control', 'no-store')
    return { ...resource(webhook, 0, services), secret: webhookSecretText(secret) }
  },

  'list-webhooks': async ({ query }, services) => {
    const { items, next } = pageOf(await services.store.read.webhooks(), orderOf, query)
    const waiting = await waitingFor(services)
    return { items: items.map((webhook) => resource(webhook, waiting(webhook.id), services)), next }
  },

  'get-webhook': async ({ params }, services) =>
    shown(mustBeWebhook(params.id, await services.store.read.webhook(params.id)), services),

  'change-webhook': async ({ params, body, write }, services) => {
    const { url, types, note, state } = body
    return shown(await changeWebhook(params.id, { url, types, note, state }, write, services), services)
  },

  'remove-webhook': async ({ params, write }, services) =>
    resource(await removeWebhook(params.id, write, services), 0, services),

  'rotate-webhook-secret': async ({ params, body, write, reply }, services) => {
    const overlap = (body?.overlap ?? OVERLAP) * 1000
    const { webhook, secret } = await rotateWebhookSecret(params.id, overlap, write, services)
    reply.header('cache-control', 'no-store')
    return { ...(await shown(webhook, services)), secret: webhookSecretText(secret) }
  },

  'test-webhook': async ({ params, write }, services) => {
    const { id, delivered, answer: said } = await testWebhook(params.id, write, services)
    const { duration, status, failure, answer } = said
    return { id, delivered, duration, status, failure, answer }
  },

  'list-deliveries': async ({ params, query }, { store }) => {
    const { id } = params
    const { state, enrollment, cursor, limit } = query
    mustBeWebhook(id, await store.read.webhook(id))
    const filter: DeliveryFilter = {
      ...(state === undefined ? {} : { state }),
      ...(enrollment === undefined ? {} : { enrollment }),
    }
    const page = await store.scan.deliveries(id, filter, decodeNumber(cursor), limitOf(limit))
    return { items: page.items.map(delivery), next: page.next === null ? null : encodeCursor(page.next) }
  },

  redeliver: async ({ params, body, write }, services) => ({
    queued: await redeliver(params.id, body?.deliveries ?? null, write, services),
  }),
}

/** The order in which they are listed, as text that can be compared. */
function orderOf({ madeAt, id }: Webhook): string {
  return `${String(madeAt).padStart(16, '0')} ${id}`
}

async function waitingFor({ store }: Pick<Services, 'store'>): Promise<(id: string) => number> {
  const counts = new Map((await store.scan.waitingDeliveries()).map(({ webhook, count }) => [webhook, count]))
  return (id) => counts.get(id) ?? 0
}

async function shown(webhook: Webhook, services: Pick<Services, 'store' | 'now'>) {
  return resource(webhook, (await waitingFor(services))(webhook.id), services)
}

function resource(webhook: Webhook, waiting: number, { now }: Pick<Services, 'now'>) {
  const { id, url, types, note, state, madeAt, previousUntil, crowdedOut, failingSince, deliveredAt } = webhook
  return {
    id,
    url,
    // Only such are let in.
    types: types === null ? null : ([...types] as EventType[]),
    note,
    state,
    madeAt: moment(madeAt),
    waiting,
    crowdedOut,
    failingSince: momentOrNull(failingSince),
    lastDeliveredAt: momentOrNull(deliveredAt),
    previousSecretUntil: momentOrNull(previousUntil !== null && now() < previousUntil ? previousUntil : null),
  }
}

function delivery({ id, event, type, enrollment, at, queuedAt, outcome, attempts, due, endedAt, log }: Delivery) {
  return {
    id,
    sequence: event,
    type,
    enrollment,
    at: moment(at),
    queuedAt: moment(queuedAt),
    state: outcome ?? ('waiting' as const),
    attempts,
    nextAt: momentOrNull(due),
    endedAt: momentOrNull(endedAt),
    log: log.map((attempt) => ({ ...attempt, at: moment(attempt.at) })),
  }
}
