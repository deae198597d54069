import { type ClientHttp2Session, connect, constants } from 'node:http2'
import type { PushTarget } from '@edict/core'
import type { Push, Pushed } from './push.ts'

const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_STATUS } = constants

const TIMEOUT = 10_000
const EXPIRES_AFTER = 3_600
const RETRIES = 3

/**
 * The push service over HTTP/2, one session, made again when it goes away. 5xx, 429 and a lost session are tried again with
 * jitter; anything else is told as the service said it.
 *
 * @see https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function apns(baseUrl: string, now: () => number): Push {
  let session: ClientHttp2Session | null = null

  const open = (): ClientHttp2Session => {
    if (session !== null && !session.closed && !session.destroyed) return session
    const opened = connect(baseUrl)
    const forget = () => {
      if (session === opened) session = null
    }
    opened.on('goaway', forget).on('close', forget).on('error', forget)
    opened.unref()
    session = opened
    return opened
  }

  const once = (target: PushTarget): Promise<Pushed & { readonly again: boolean }> =>
    new Promise((resolve) => {
      const stream = open().request({
        [HTTP2_HEADER_METHOD]: 'POST',
        [HTTP2_HEADER_PATH]: `/3/device/${target.token}`,
        'apns-topic': target.topic,
        'apns-push-type': 'mdm',
        'apns-priority': '10',
        'apns-expiration': String(Math.floor(now() / 1000) + EXPIRES_AFTER),
      })
      let status = 0
      let text = ''
      stream.setEncoding('utf8')
      stream.setTimeout(TIMEOUT, () => stream.close(constants.NGHTTP2_CANCEL))
      stream.on('response', (headers) => {
        status = Number(headers[HTTP2_HEADER_STATUS])
      })
      stream.on('data', (chunk: string) => {
        if (text.length < 4096) text += chunk
      })
      stream.on('error', () => undefined)
      stream.on('close', () => resolve(outcome(status, text)))
      stream.end(JSON.stringify({ mdm: target.magic }))
    })

  return {
    async send(target) {
      for (let attempt = 1; ; attempt += 1) {
        const { again, ...result } = await once(target).catch(() => outcome(0, ''))
        if (!again || attempt > RETRIES) return result
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random())))
      }
    },
    async close() {
      session?.close()
    },
  }
}

function outcome(status: number, text: string): Pushed & { readonly again: boolean } {
  if (status === 200) return { accepted: true, reason: null, again: false }
  return {
    accepted: false,
    reason: reasonIn(text) ?? (status === 0 ? 'no-answer' : `status-${status}`),
    again: status === 0 || status === 429 || status >= 500,
  }
}

function reasonIn(text: string): string | null {
  try {
    const { reason } = JSON.parse(text) as { readonly reason?: unknown }
    return typeof reason === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(reason) ? reason : null
  } catch {
    return null
  }
}
