import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2'
import { isAboutCertificate, type PushAnswer, type PushTarget } from '@edict/core'
import type { Logger } from 'pino'
import { answerOf, detailsIn } from './answer-of.ts'
import type { Credentials } from './credentials.ts'

const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_RETRY_AFTER, HTTP2_HEADER_STATUS } = constants

/** How long a push may wait for its turn and its answer, in milliseconds. */
const PATIENCE = 5_000
/** Seconds for which Apple keeps a push for a device that it cannot reach. 0 would be one try; without it nothing is promised. */
const EXPIRES_AFTER = 7 * 86_400
/** However many streams the service takes, more than this gains nothing. */
const MOST_STREAMS = 1000
/** Pushes that may wait for a stream. */
const MOST_WAITING = 10_000
/** How often a push is sent again at once because the service said that it had not looked at it. */
const MOST_GOODBYES = 20
const LONGEST_BODY = 4096
const FIRST_PAUSE = 250
/** After so many sessions in a row that did not come about, pushes are told so at once. */
const UNREACHABLE_AFTER = 3
const LONGEST_PAUSE = 30_000

export interface LaneOptions {
  /** https://… with credentials, or http://… with prior knowledge. */
  readonly origin: string
  readonly credentials: Credentials | null
  readonly topic: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly log: Pick<Logger, 'info' | 'warn'>
}

/** The way to the push service for one topic: one session at a time, made anew when it ends. */
export interface Lane {
  /** Sends one push. It always comes back: with status 0 when there was no answer. */
  post(target: PushTarget): Promise<PushAnswer>
  /** Lets what is under way come to its end. */
  close(): void
}

/** A push on its way. */
interface Flight {
  readonly target: PushTarget
  readonly land: (answer: PushAnswer) => void
  stream: ClientHttp2Stream | null
  goodbyes: number
}

/** A session and what is known of it. */
interface Link {
  readonly session: ClientHttp2Session
  readonly flights: Set<Flight>
  /** Streams that may be open; 0 until the service has said so. */
  most: number
  /** Takes no more pushes. */
  leaving: boolean
  /** It has come to its end, and its flights with it. */
  over: boolean
  heardAt: number
  /** It ended with an error of HTTP/2: the next one waits a little. */
  scolded: boolean
  /** Why no other session would help: TLS, or what the goodbye said. */
  reason: string | null
}

/**
 * Carries pushes out over HTTP/2 and decides nothing: what an answer means is judged elsewhere. As many streams are open as the service
 * allows now, the others wait in order. A stream that a GOAWAY says was not processed goes to the front again; one that may have been has no
 * answer. A session from which nothing was heard while a push waited for its answer is given up.
 *
 * @see RFC 9113 §5.1.2, §6.8
 */
export function openLane({ origin, credentials, topic, now, log }: LaneOptions): Lane {
  const waiting: Flight[] = []
  let link: Link | null = null
  let closed = false
  let failures = 0
  let notBefore = 0
  let timer: NodeJS.Timeout | undefined

  const pump = (): void => {
    while (waiting.length > 0) {
      if (link?.session.closed === true) leave(link)
      link ??= opened()
      if (link === null || link.leaving || link.flights.size >= Math.min(link.most, MOST_STREAMS)) return
      const flight = waiting.shift()
      if (flight !== undefined) send(flight, link)
    }
    if (closed) link?.session.close()
  }

  /** Null while nothing is to be opened, because that failed just now. */
  const opened = (): Link | null => {
    const pause = notBefore - performance.now()
    if (pause > 0) {
      timer ??= setTimeout(() => {
        timer = undefined
        pump()
      }, pause)
      return null
    }
    const session = connect(origin, credentials === null ? {} : { cert: credentials.cert, key: credentials.key })
    const made: Link = {
      session,
      flights: new Set(),
      most: 0,
      leaving: false,
      over: false,
      heardAt: performance.now(),
      scolded: false,
      reason: null,
    }
    session.unref()
    session.on('remoteSettings', ({ maxConcurrentStreams }) => {
      made.most = maxConcurrentStreams ?? MOST_STREAMS
      made.heardAt = performance.now()
      failures = 0
      pump()
    })
    session.on('goaway', (code, last, data) =>
      goodbye(made, code, last, data === undefined ? '' : Buffer.from(data).toString()),
    )
    const broke = (error: Error) => {
      made.reason ??= tlsReason(error)
      log.warn({ err: error, topic }, 'a session with the push service broke')
    }
    session.on('error', broke)
    // With TLS 1.3 a certificate is refused after the handshake. The session is destroyed then, and tells nobody.
    session.on('connect', (_, socket) =>
      socket.on('error', (error: Error) => {
        broke(error)
        ended(made)
      }),
    )
    session.on('close', () => ended(made))
    return made
  }

  const isUnreachable = (): boolean => failures >= UNREACHABLE_AFTER && performance.now() < notBefore

  const leave = (left: Link): void => {
    left.leaving = true
    if (link === left) link = null
  }

  const goodbye = (left: Link, code: number, last: number, data: string): void => {
    const { reason } = detailsIn(data)
    log.info({ topic, code, reason }, 'the push service ends a session')
    if (isAboutCertificate(reason)) left.reason ??= reason
    left.scolded = code !== constants.NGHTTP2_NO_ERROR
    leave(left)
    for (const flight of left.flights) if ((flight.stream?.id ?? Number.POSITIVE_INFINITY) > last) again(flight, left)
    pump()
  }

  const ended = (left: Link): void => {
    if (left.over) return
    left.over = true
    const wasUsed = left.most > 0
    leave(left)
    for (const flight of left.flights) fail(flight, left)
    if (!wasUsed || left.scolded || left.reason !== null) {
      failures += 1
      notBefore = performance.now() + Math.min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE) * (0.5 + Math.random())
    }
    // What cannot be helped by another session is told at once, and not held until its patience ends.
    if (left.reason !== null || isUnreachable()) for (const flight of waiting.splice(0)) fail(flight, left)
    pump()
  }

  const fail = (flight: Flight, left: Link): void => {
    left.flights.delete(flight)
    const status = left.reason === null || isTlsReason(left.reason) ? 0 : 403
    flight.land({ ...noAnswer, status, reason: left.reason })
  }

  /** The service has not looked at it. */
  const again = (flight: Flight, left: Link): void => {
    left.flights.delete(flight)
    flight.stream = null
    flight.goodbyes += 1
    if (flight.goodbyes > MOST_GOODBYES) flight.land(noAnswer)
    else waiting.unshift(flight)
  }

  const send = (flight: Flight, on: Link): void => {
    const sentAt = performance.now()
    const stream = on.session.request({
      [HTTP2_HEADER_METHOD]: 'POST',
      [HTTP2_HEADER_PATH]: `/3/device/${flight.target.token}`,
      'apns-topic': flight.target.topic,
      'apns-push-type': 'mdm',
      'apns-priority': '10',
      'apns-expiration': String(Math.floor(now() / 1000) + EXPIRES_AFTER),
    })
    let status = 0
    let retryAfter = ''
    let text = ''
    flight.stream = stream
    on.flights.add(flight)
    stream.setEncoding('utf8')
    const late = setTimeout(() => {
      stream.close(constants.NGHTTP2_CANCEL)
      if (on.heardAt < sentAt) on.session.destroy()
    }, PATIENCE)
    stream.on('response', (headers) => {
      on.heardAt = performance.now()
      status = Number(headers[HTTP2_HEADER_STATUS])
      retryAfter = String(headers[HTTP2_HEADER_RETRY_AFTER] ?? '')
    })
    stream.on('data', (chunk: string) => {
      if (text.length < LONGEST_BODY) text += chunk
    })
    stream.on('error', () => undefined)
    stream.on('close', () => {
      clearTimeout(late)
      // It is on another stream by now, or has landed with the session.
      if (flight.stream !== stream || !on.flights.has(flight)) return
      if (status === 0 && stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) again(flight, on)
      else if (status === 0 && on.session.destroyed) return
      else {
        on.flights.delete(flight)
        flight.land(answerOf(status, text, retryAfter, now()))
      }
      pump()
    })
    stream.end(JSON.stringify({ mdm: flight.target.magic }))
  }

  return {
    post: (target) =>
      new Promise((resolve) => {
        if (closed || isUnreachable()) return resolve(noAnswer)
        if (waiting.length >= MOST_WAITING) return resolve({ ...noAnswer, reason: 'queue-full' })
        const impatient = setTimeout(() => {
          if (flight.stream !== null) return
          // Who never says how many streams it takes does not speak HTTP/2 with us.
          if (link?.most === 0 && performance.now() - link.heardAt >= PATIENCE) link.session.destroy()
          waiting.splice(waiting.indexOf(flight), 1)
          flight.land(noAnswer)
        }, PATIENCE)
        const land = (answer: PushAnswer) => {
          clearTimeout(impatient)
          resolve(answer)
        }
        const flight: Flight = { target, land, stream: null, goodbyes: 0 }
        waiting.push(flight)
        pump()
      }),
    close() {
      closed = true
      clearTimeout(timer)
      for (const flight of waiting.splice(0)) flight.land(noAnswer)
      link?.session.close()
    },
  }
}

const noAnswer: PushAnswer = { status: 0, reason: null, timestamp: null, retryAfter: null }

/** Why TLS failed: they do not take our certificate, or we do not take theirs. Null for anything else. */
function tlsReason(error: unknown): string | null {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (/^ERR_SSL_.*ALERT/.test(code)) return 'tls-refused'
  const untrusted = /CERT|SIGNATURE|ISSUER/.test(code) && !code.startsWith('ERR_HTTP2')
  return untrusted || code.startsWith('ERR_SSL_') ? 'tls-untrusted' : null
}

function isTlsReason(reason: string): boolean {
  return reason === 'tls-refused' || reason === 'tls-untrusted'
}
