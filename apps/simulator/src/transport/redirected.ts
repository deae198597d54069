import type { Answer } from '@edict/device'
import { type ExchangeOptions, exchange, type Outgoing } from './exchange.ts'
import { TransportError } from './transport-error.ts'

const redirects = new Set([301, 302, 307, 308])
const most = 5

/**
 * An exchange that follows redirects, with the same method and body. None is remembered: each begins at its own URL. Another server
 * gets no `authorization`.
 */
export async function redirected(outgoing: Outgoing, options: ExchangeOptions): Promise<Answer> {
  let { url } = outgoing
  for (let hops = 0; hops <= most; hops += 1) {
    const answer = await exchange(
      { ...outgoing, url, headers: headersFor(url, outgoing) },
      agentFits(outgoing.url, url) ? options : { timeout: options.timeout },
    )
    const to = redirects.has(answer.status) ? target(answer.headers.location, url) : null
    if (to === null) return answer
    url = to
  }
  throw new TransportError('redirected-too-often', outgoing.url.href, `more than ${most} redirects`)
}

function headersFor(url: URL, { url: first, headers }: Outgoing): Outgoing['headers'] {
  if (url.origin === first.origin) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'))
}

function agentFits(first: URL, now: URL): boolean {
  return first.protocol === now.protocol
}

function target(location: string | undefined, from: URL): URL | null {
  if (location === undefined) return null
  const to = URL.parse(location, from.href)
  return to !== null && /^https?:$/.test(to.protocol) ? to : null
}
