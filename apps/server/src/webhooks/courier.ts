import { deliverAgain, deliveryVerdict } from '@edict/core'
import type { Attempted, Delivery, DeliveryAttempt, Webhook } from '@edict/store'
import type { Services } from '../services.ts'
import { deliveryMessage } from './delivery-message.ts'
import { receiverHealth } from './receiver-health.ts'
import { makeRoom, takeAllEvents, takeEvents } from './take-events.ts'
import type { WebhookAnswer } from './webhook-client.ts'
import { webhookSecrets } from './webhook-secret.ts'

type Uses = Pick<
  Services,
  'store' | 'now' | 'newId' | 'metrics' | 'log' | 'escrow' | 'webhookClient' | 'webhookBacklog'
>

/** Deliveries to one receiver that are under way at once. */
const MOST = 20
/** Deliveries that are read at once. */
const BATCH = 100
/** How long nothing is looked for when nobody says that there is something, in milliseconds. */
const IDLE = 1_000
/** Events that come together are taken together, in milliseconds. */
const GATHER = 100
/** A receiver that took nothing for so long and takes something is asked for everything again, in milliseconds. */
const AWAY = 60_000
/** How long a node that says nothing keeps a webhook, in milliseconds. */
const LEASE = 15_000
/** How long a stop waits for answers, in milliseconds. */
const GRACE = 1_000
/** Attempts that are kept of each delivery. */
const LOG = 10
/** Deliveries between two looks at how many wait. */
const ROOM_EVERY = 1_000

/** What carries the events to one receiver. */
export interface Courier {
  /** Something happened. */
  kick(): void
  /** Begins nothing any more, ends what is under way or leaves it to the next node, and lets go. */
  stop(): Promise<void>
  /** Resolves when it has ended, by itself too: the webhook is off, or another node's. */
  readonly done: Promise<void>
}

/** What one attempt came to, and whom to tell when it is on disk. */
interface Done {
  readonly delivery: Delivery
  readonly at: number
  readonly answer: WebhookAnswer
  readonly written: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Carries the events to one receiver, as the one node that has the webhook: of each enrollment one delivery at a time, in order, and of
 * many enrollments some at once. What is under way when it dies is delivered again by the next, under the same id.
 */
export function startCourier(id: string, holder: string, services: Uses): Courier {
  const { store, now, metrics, log, webhookClient } = services
  const halt = new AbortController()
  const abandon = new AbortController()
  const health = receiverHealth(MOST)
  /** Enrollments with a delivery under way. */
  const busy = new Set<string>()
  const underWay = new Set<Promise<void>>()
  let finished: Done[] = []
  let isSaving = false
  let due: Delivery[] = []
  let dueReadAt = Number.NEGATIVE_INFINITY
  let leasedUntil = 0
  let happened = true
  let ended = false
  let rouse = (): void => undefined

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, halt.signal.aborted ? 0 : ms)
      rouse = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  /** Whether the webhook is this node's, for long enough to deliver something. */
  const hold = async (): Promise<boolean> => {
    const at = now()
    if (at < leasedUntil - LEASE / 2) return true
    const until = at + LEASE
    if (!(await store.transaction((tx) => tx.holdWebhook(id, holder, at, until)))) return false
    leasedUntil = until
    return true
  }

  const loop = async (): Promise<void> => {
    let lookedAt = Number.NEGATIVE_INFINITY
    let seen = 0
    let sinceRoom = ROOM_EVERY
    let webhook: Webhook | undefined
    const secretsOf = rememberSecrets(services)
    while (!halt.signal.aborted) {
      try {
        if (happened || webhook === undefined || performance.now() - lookedAt >= IDLE) {
          happened = false
          lookedAt = performance.now()
          webhook = await store.read.webhook(id)
          if (webhook?.state !== 'on' || !(await hold())) return
          const took = await takeEvents(webhook, seen, services)
          seen = took.seen
          if (took.more) happened = true
          if (took.queued > 0) due = []
          sinceRoom += took.queued
          if (sinceRoom >= ROOM_EVERY) {
            sinceRoom = 0
            await makeRoom(id, services)
          }
        }
        const secrets = await secretsOf(webhook)
        ended = false
        if (secrets !== null && (await hold())) await begin(webhook, secrets)
        if (happened || ended) continue
        await rest(IDLE)
        if (happened) await new Promise((resolve) => setTimeout(resolve, GATHER))
      } catch (error) {
        log.error({ err: error, webhook: id }, 'webhook')
        webhook = undefined
        await rest(IDLE)
      }
    }
  }

  /** Begins as many deliveries as may be under way. */
  const begin = async (webhook: Webhook, secrets: readonly Uint8Array[]): Promise<void> => {
    const room = () => health.most(now()) - busy.size
    if (room() <= 0) return
    if (due.length === 0 || performance.now() - dueReadAt >= IDLE) {
      // What ends while this is read may still be in it.
      const before = new Set(busy)
      dueReadAt = performance.now()
      const read = await store.read.dueDeliveries(id, now(), BATCH + before.size)
      due = read.filter(({ enrollment }) => !before.has(enrollment ?? ''))
    }
    while (room() > 0 && due.length > 0 && !halt.signal.aborted && now() < leasedUntil) {
      const delivery = due.shift()
      if (delivery === undefined || busy.has(delivery.enrollment ?? '')) continue
      busy.add(delivery.enrollment ?? '')
      const carried = carry(webhook, delivery, secrets).finally(() => {
        busy.delete(delivery.enrollment ?? '')
        underWay.delete(carried)
        ended = true
        rouse()
      })
      underWay.add(carried)
    }
  }

  /** One attempt, and what it led to, on disk. */
  const carry = async ({ url }: Webhook, delivery: Delivery, secrets: readonly Uint8Array[]): Promise<void> => {
    const at = now()
    try {
      const answer = await webhookClient.post(url, deliveryMessage(delivery, secrets, at), abandon.signal)
      if (answer === null) return
      await new Promise<void>((written, failed) => {
        finished.push({ delivery, at, answer, written, failed })
        void save()
      })
    } catch (error) {
      log.error({ err: error, webhook: id, delivery: delivery.id }, 'what an attempt led to could not be written')
      await new Promise((resolve) => setTimeout(resolve, IDLE))
    }
  }

  /** What has ended while one transaction was written is written by the next, together. */
  const save = async (): Promise<void> => {
    if (isSaving) return
    isSaving = true
    while (finished.length > 0) {
      const together = finished
      finished = []
      try {
        await saveTogether(together)
        for (const { written } of together) written()
      } catch (error) {
        for (const { failed } of together) failed(error)
      }
    }
    isSaving = false
  }

  const saveTogether = async (together: readonly Done[]): Promise<void> => {
    const judged = together.map((one) => ({ ...one, verdict: deliveryVerdict(one.answer.status) }))
    const attempted = judged.map(({ delivery, at, answer, verdict }) =>
      afterAttempt(delivery, at, answer, verdict.kind === 'delivered', now()),
    )
    const isGone = judged.some(({ verdict }) => verdict.kind === 'gone')
    const isTaken = judged.some(({ verdict }) => verdict.kind === 'delivered')
    for (const { delivery, answer, verdict } of judged) {
      metrics.webhookAttempts.inc({ result: answer.failure ?? String(answer.status) })
      if (verdict.kind === 'failed' && verdict.about === 'receiver')
        health.failed(delivery.enrollment ?? '', answer.retryAfter, now())
    }
    const wasDown = isTaken && health.taken()
    if (isGone) await takeAllEvents(id, services)
    await store.transaction(async (tx) => {
      const webhook = await tx.lockWebhook(id)
      if (webhook === undefined) return
      await tx.saveAttempts(id, attempted, now())
      const wasAway = isTaken && webhook.failingSince !== null && now() - webhook.failingSince >= AWAY
      if (wasDown || wasAway) await tx.hastenDeliveries(id, now())
      await tx.saveWebhook({
        ...webhook,
        state: isGone && webhook.state === 'on' ? 'gone' : webhook.state,
        failingSince: isTaken ? null : (webhook.failingSince ?? now()),
        deliveredAt: isTaken ? now() : webhook.deliveredAt,
      })
    })
    const givenUp = attempted.filter(({ outcome }) => outcome === 'given-up').length
    if (givenUp > 0) {
      metrics.webhookLost.inc({ reason: 'given-up' }, givenUp)
      log.error({ webhook: id, count: givenUp }, 'deliveries were given up: they were tried for three days')
    }
    if (isGone) {
      log.error({ webhook: id }, 'the receiver of a webhook answered 410: nothing is delivered to it any more')
      happened = true
    }
  }

  const run = async (): Promise<void> => {
    try {
      await loop()
      const late = setTimeout(() => abandon.abort(), GRACE)
      await Promise.all(underWay)
      clearTimeout(late)
      await store.transaction((tx) => tx.letGoWebhook(id, holder))
    } catch (error) {
      log.error({ err: error, webhook: id }, 'webhook')
    }
  }

  const done = run()
  return {
    kick: () => {
      happened = true
      rouse()
    },
    stop: async () => {
      halt.abort()
      rouse()
      await done
    },
    done,
  }
}

/** Secrets, read again now and then: another node may have made new ones. Those that do not open are asked for seldom. */
function rememberSecrets(services: Uses) {
  let known: readonly Uint8Array[] | null = null
  let readAt = Number.NEGATIVE_INFINITY
  return async (webhook: Webhook): Promise<readonly Uint8Array[] | null> => {
    if (performance.now() - readAt < (known === null ? 60 * IDLE : IDLE)) return known
    readAt = performance.now()
    known = await webhookSecrets(webhook, services.store.read, services)
    return known
  }
}

/** What is written of a delivery after an attempt. */
function afterAttempt(
  delivery: Delivery,
  at: number,
  { status, failure, answer, retryAfter, duration }: WebhookAnswer,
  isTaken: boolean,
  now: number,
): Attempted {
  const attempts = delivery.attempts + 1
  const entry: DeliveryAttempt = { at, duration, status, failure, answer }
  const again = { attempt: attempts, queuedAt: delivery.queuedAt, now, after: retryAfter, chance: Math.random() }
  const due = isTaken ? null : deliverAgain(again)
  const outcome = isTaken ? 'delivered' : due === null ? 'given-up' : null
  return {
    sequence: delivery.sequence,
    enrollment: delivery.enrollment,
    attempts,
    due,
    outcome,
    endedAt: outcome === null ? null : now,
    log: [...delivery.log, entry].slice(-LOG),
  }
}
