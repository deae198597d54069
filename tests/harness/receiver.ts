import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One attempt of a delivery as a receiver saw it. */
export interface Attempt {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
  readonly type: string
  readonly enrollment: string | null
  /** Of the event. */
  readonly sequence: number
  /** Whether it was answered with a 2xx. */
  taken: boolean
}

/** What a receiver does: answers with a status, says nothing, or hangs up. */
export type Answer = number | 'hang' | 'reset'

/** Somebody who is told what happens. */
export interface Receiver {
  readonly url: string
  readonly attempts: readonly Attempt[]
  /** Those that were taken, in order, each once. */
  readonly taken: readonly Attempt[]
  /** How many were being answered at once at most. */
  readonly busiest: number
  /** What becomes of an attempt; 204 until it is set. A promise is waited for. */
  answer: (attempt: Attempt) => Answer | Promise<Answer>
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const attempts: Attempt[] = []
  let [open, busiest] = [0, 0]
  const server: Server = createServer(async (request, response) => {
    open += 1
    busiest = Math.max(busiest, open)
    response.once('close', () => {
      open -= 1
    })
    // Null of a sender that stopped before it had said all.
    const body = await text(request).catch(() => null)
    if (body === null) return
    const { type, sequence, data } = JSON.parse(body)
    const attempt: Attempt = {
      id: String(request.headers['webhook-id']),
      timestamp: String(request.headers['webhook-timestamp']),
      signature: String(request.headers['webhook-signature']),
      body,
      type,
      sequence,
      enrollment: data.enrollment ?? null,
      taken: false,
    }
    attempts.push(attempt)
    const answer = await receiver.answer(attempt)
    if (answer === 'hang') return
    if (answer === 'reset') return void request.socket.destroy()
    attempt.taken = answer >= 200 && answer < 300
    response.writeHead(answer, { 'content-type': 'text/plain' }).end(answer === 204 ? undefined : `status ${answer}`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    attempts,
    get taken() {
      const seen = new Set<string>()
      return attempts.filter(({ id, taken }) => taken && !seen.has(id) && seen.add(id))
    },
    get busiest() {
      return busiest
    },
    answer: () => 204,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return receiver
}

/**
 * Whether a delivery was signed with a secret, by another implementation than the server's: Web Cryptography.
 *
 * @param secret whsec_…
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, Verifying signatures
 */
export async function isSigned({ id, timestamp, body, signature }: Attempt, secret: string): Promise<boolean> {
  const octets = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const key = await crypto.subtle.importKey('raw', octets, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  for (const one of signature.split(' ')) {
    const [version, mac = ''] = one.split(',')
    if (version === 'v1' && (await crypto.subtle.verify('HMAC', key, Buffer.from(mac, 'base64'), content))) return true
  }
  return false
}

/** What a receiver was told out of order: of one enrollment, one that came before an earlier one was taken. */
export function outOfOrder({ taken }: Pick<Receiver, 'taken'>): readonly Attempt[] {
  const last = new Map<string | null, number>()
  return taken.filter(({ enrollment, sequence }) => {
    const before = last.get(enrollment) ?? 0
    last.set(enrollment, Math.max(before, sequence))
    return sequence < before
  })
}
