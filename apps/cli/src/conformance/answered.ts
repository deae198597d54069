import type { Flaw } from './check.ts'
import { type Exchange, textOf } from './exchange.ts'

/** What is wrong where 200 had to come. */
export function answered(exchange: Exchange): readonly Flaw[] {
  return exchange.came?.status === 200 ? [] : [unexpected(exchange, '200')]
}

/** What is wrong where 200 and no body had to come. */
export function answeredEmpty(exchange: Exchange): readonly Flaw[] {
  const { came } = exchange
  if (came === null || came.status !== 200 || came.body.length === 0) return answered(exchange)
  return [{ found: `200 with ${came.body.length} octets of ${typeOf(exchange)}, where no body is expected`, exchange }]
}

/** What is wrong where a status report had to be taken: 200. Of 204 the check of the first report tells. */
export function taken(exchange: Exchange): readonly Flaw[] {
  return exchange.came?.status === 204 ? [] : answered(exchange)
}

/** What is wrong where a server had to refuse: 4xx, and never 401, on which a device unenrolls. */
export function refused(exchange: Exchange): readonly Flaw[] {
  const status = exchange.came?.status ?? 0
  return status >= 400 && status < 500 && status !== 401 ? [] : [unexpected(exchange, '4xx, but not 401')]
}

/** What is wrong where 404 had to come. */
export function notFound(exchange: Exchange): readonly Flaw[] {
  return exchange.came?.status === 404 ? [] : [unexpected(exchange, '404')]
}

/** What is wrong where anything may come but the failure of a server. */
export function unbroken(exchange: Exchange): readonly Flaw[] {
  const { came } = exchange
  return came !== null && came.status < 500 && came.status !== 401
    ? []
    : [unexpected(exchange, 'an answer other than 5xx and 401')]
}

function unexpected(exchange: Exchange, expected: string): Flaw {
  const { sent, came, failure } = exchange
  const found = came === null ? `no answer (${failure})` : String(came.status)
  return { found: `${shortened(sent.what)} was answered ${found}, expected ${expected}`, exchange }
}

function typeOf(exchange: Exchange): string {
  return exchange.came?.headers['content-type'] ?? (textOf(exchange).startsWith('<') ? 'XML' : 'no type')
}

/** An Endpoint may be long on purpose. */
function shortened(what: string): string {
  return what.length > 100 ? `${what.slice(0, 100)}…` : what
}
