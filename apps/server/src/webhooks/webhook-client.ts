import { lookup } from 'node:dns'
import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as AgentTls, request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { retryAfterIn } from '../retry-after.ts'
import { hostOf } from './webhook-url.ts'

/** What a receiver answered, or why it did not. */
export interface WebhookAnswer {
  /** Null when there was no answer. */
  readonly status: number | null
  /** Why there was none, in a word; null when there was one. */
  readonly failure: string | null
  /** The beginning of the answer's body. */
  readonly answer: string
  /** Retry-After, in milliseconds. */
  readonly retryAfter: number | null
  /** Milliseconds. */
  readonly duration: number
}

export interface WebhookMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Posts to receivers. */
export interface WebhookClient {
  readonly isAllowed: (address: string) => boolean
  /** Always comes back; null when it was aborted by `signal`. */
  post(url: string, message: WebhookMessage, signal: AbortSignal): Promise<WebhookAnswer | null>
  close(): void
}

export interface WebhookClientOptions {
  /** Authorities that certificates of receivers lead to, in PEM; undefined: those that Node knows. */
  readonly ca: readonly string[] | undefined
  /** Milliseconds that an attempt may take. */
  readonly timeout: number
  readonly isAllowed: (address: string) => boolean
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Milliseconds until there is a connection, with TLS. */
const CONNECT_TIMEOUT = 5_000
/** Milliseconds that the body of an answer may take after its status; the status counts. */
const BODY_TIMEOUT = 2_000
/** Octets of an answer that are read, and characters that are kept. */
const MOST_READ = 65_536
const MOST_KEPT = 512
/** Octets of the head of an answer. */
const MOST_HEADERS = 16_384

const addressRefused = Object.assign(new Error('Cannot connect: the name leads to no allowed address'), {
  code: 'ADDRESS_REFUSED',
})

/**
 * Posts over HTTP/1.1, and keeps connections. A redirection is an answer, and not followed. Where a name leads is judged at each
 * connection, by the very addresses that are connected to.
 */
export function webhookClient({ ca, timeout, isAllowed, now }: WebhookClientOptions): WebhookClient {
  const keep = { keepAlive: true, maxFreeSockets: 16 }
  const agents = {
    http: new Agent(keep),
    https: new AgentTls({ ...keep, ...(ca === undefined ? {} : { ca: [...ca] }) }),
  }
  const guarded = lookupAmong(isAllowed)

  const once = (url: URL, { headers, body }: WebhookMessage, signal: AbortSignal): Promise<Once> =>
    new Promise((resolve) => {
      const began = performance.now()
      const secure = url.protocol === 'https:'
      const options = { method: 'POST', headers, lookup: guarded, signal, maxHeaderSize: MOST_HEADERS }
      const request: ClientRequest = secure
        ? requestHttps(url, { ...options, agent: agents.https })
        : requestHttp(url, { ...options, agent: agents.http })
      let answered: IncomingMessage | null = null
      let text = Buffer.alloc(0)
      const settle = (failure: string | null, stale = false) => {
        for (const timer of timers) clearTimeout(timer)
        const status = answered?.statusCode ?? null
        resolve({
          stale,
          answer: {
            status,
            failure: status === null ? failure : null,
            answer: shown(text),
            retryAfter: retryAfterIn(answered?.headers['retry-after'] ?? '', now()),
            duration: Math.round(performance.now() - began),
          },
        })
      }
      const give = (code: string) => () => request.destroy(Object.assign(new Error(code), { code }))
      const connecting = setTimeout(give('CONNECT_TIMEOUT'), Math.min(CONNECT_TIMEOUT, timeout))
      const timers = [connecting, setTimeout(give('TIMEOUT'), timeout)]
      request.on('socket', (socket) => {
        const connected = () => clearTimeout(connecting)
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected)
        else connected()
      })
      request.on('response', (response) => {
        answered = response
        timers.push(setTimeout(give('BODY_TIMEOUT'), BODY_TIMEOUT))
        response.on('data', (chunk: Buffer) => {
          text = Buffer.concat([text, chunk])
          if (text.length > MOST_READ) give('BODY_TOO_LONG')()
        })
        response.on('end', () => settle(null))
        response.on('error', () => settle(null))
      })
      request.on('error', (error: NodeJS.ErrnoException) =>
        // A kept connection that the receiver has closed meanwhile.
        settle(failureOf(error), request.reusedSocket && error.code === 'ECONNRESET' && answered === null),
      )
      request.end(body)
    })

  return {
    isAllowed,
    post: async (target, message, signal) => {
      const url = new URL(target)
      const host = hostOf(url)
      if (isIP(host) !== 0 && !isAllowed(host)) return { ...nothing, failure: 'address-refused' }
      const length = { 'content-length': String(Buffer.byteLength(message.body)) }
      const sent = { ...message, headers: { ...message.headers, ...length } }
      const first = await once(url, sent, signal)
      const { answer } = first.stale && !signal.aborted ? await once(url, sent, signal) : first
      return answer.status === null && signal.aborted ? null : answer
    },
    close: () => {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

interface Once {
  readonly answer: WebhookAnswer
  readonly stale: boolean
}

const nothing: WebhookAnswer = { status: null, failure: null, answer: '', retryAfter: null, duration: 0 }

/** Looks names up as always, and gives only what is allowed. */
function lookupAmong(isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, '')
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (first === undefined) return callback(addressRefused, '')
      if (options.all === true) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

const failures: Readonly<Record<string, string>> = {
  ADDRESS_REFUSED: 'address-refused',
  CONNECT_TIMEOUT: 'connect-timeout',
  TIMEOUT: 'timeout',
  ETIMEDOUT: 'connect-timeout',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-reset',
  EPIPE: 'connection-reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
}

/** A word for what went wrong; of an error with several, the first. */
function failureOf(error: NodeJS.ErrnoException): string {
  if (error instanceof AggregateError && error.errors.length > 0) return failureOf(error.errors[0])
  const code = error.code ?? ''
  const known = failures[code]
  if (known !== undefined) return known
  if (code.startsWith('HPE_')) return 'answer-malformed'
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)) return 'certificate-untrusted'
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return 'tls-failed'
  return code === '' ? 'failed' : code.toLowerCase().replaceAll('_', '-')
}

/** Text that can be shown on a line. */
function shown(octets: Buffer): string {
  const text = octets.subarray(0, MOST_KEPT * 4).toString('utf8')
  return [...text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]+/gu, ' ')].slice(0, MOST_KEPT).join('').trim()
}
