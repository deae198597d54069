import type { Agent } from 'node:http'
import type { Sealed, TlsTerms, Transport } from '@edict/device'
import { contentDouble } from './content-double.ts'
import type { Outgoing } from './exchange.ts'
import { redirected } from './redirected.ts'
import { isReservedHost } from './reserved-host.ts'
import { tlsAgent } from './tls-agent.ts'
import { TransportError } from './transport-error.ts'

export interface HttpTransportOptions {
  /** For the server's URL. Default: kept connections, at most 128 to one host, shared by all transports. */
  readonly agent?: Agent
  /** Milliseconds an answer may take, default 30,000. */
  readonly timeout?: number
}

/**
 * A device's way out over HTTP: PUT to `mdm/checkin` and `mdm/connect` under the server's URL, or where its enrollment profile
 * says, with its identity. What is to be downloaded from a reserved host (`*.example`, `example.com`, …) a double answers;
 * everything else is fetched.
 */
export function httpTransport(serverUrl: string, { agent, timeout = 30_000 }: HttpTransportOptions = {}): Transport {
  const base = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`
  const put = (path: string, type: string): Transport['checkIn'] => {
    const own = new URL(path, base)
    const headers = { 'content-type': type }
    return (body, sealed) => {
      if (sealed === undefined) return send({ method: 'PUT', url: own, headers, body }, agent)
      const url = new URL(sealed.url)
      return send({ method: 'PUT', url, headers: { ...headers, ...signed(sealed) }, body }, agentOf(url, sealed.tls))
    }
  }
  const agentOf = (url: URL, tls: TlsTerms | undefined) => {
    if (url.protocol === 'https:' && tls !== undefined) return tlsAgent(tls)
    return url.origin === new URL(base).origin ? agent : undefined
  }
  const send = (outgoing: Outgoing, one: Agent | undefined) =>
    redirected(outgoing, { timeout, ...(one === undefined ? {} : { agent: one }) })
  return {
    checkIn: put('mdm/checkin', 'application/x-apple-aspen-mdm-checkin'),
    connect: put('mdm/connect', 'application/x-apple-aspen-mdm; charset=UTF-8'),
    async fetch(text, tls, signature, range) {
      const url = urlIn(text)
      if (isReservedHost(url.hostname)) return contentDouble(url)
      const headers = {
        ...(signature === undefined ? {} : { 'mdm-signature': signature }),
        ...(range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` }),
      }
      return send({ method: 'GET', url, headers }, tls === undefined ? undefined : agentOf(url, tls))
    },
    async post({ url: text, type, body, headers }, tls) {
      const url = urlIn(text)
      return send({ method: 'POST', url, headers: { ...headers, 'content-type': type }, body }, agentOf(url, tls))
    },
  }
}

function signed({ signature, authorization }: Sealed): Readonly<Record<string, string>> {
  return {
    ...(signature === undefined ? {} : { 'mdm-signature': signature }),
    ...(authorization === undefined ? {} : { authorization }),
  }
}

function urlIn(text: string): URL {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw new TransportError('unreachable', text, 'it is not an http:// or https:// URL')
}
