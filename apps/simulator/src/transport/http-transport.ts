import type { Agent } from 'node:http'
import type { Transport } from '@edict/device'
import { contentDouble } from './content-double.ts'
import type { Outgoing } from './exchange.ts'
import { redirected } from './redirected.ts'
import { isReservedHost } from './reserved-host.ts'
import { TransportError } from './transport-error.ts'

export interface HttpTransportOptions {
  /** For the server's URL. Default: kept connections, at most 128 to one host, shared by all transports. */
  readonly agent?: Agent
  /** Milliseconds an answer may take, default 30,000. */
  readonly timeout?: number
}

/**
 * A device's way out over HTTP: PUT to `mdm/checkin` and `mdm/connect` under the server's URL. What is to be downloaded from
 * a reserved host (`*.example`, `example.com`, …) a double answers; everything else is fetched.
 */
export function httpTransport(serverUrl: string, { agent, timeout = 30_000 }: HttpTransportOptions = {}): Transport {
  const base = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`
  const put = (path: string, type: string): Transport['checkIn'] => {
    const url = new URL(path, base)
    const headers = { 'content-type': type }
    return (body) => send({ method: 'PUT', url, headers, body })
  }
  const send = (outgoing: Outgoing) => redirected(outgoing, { timeout, ...(agent === undefined ? {} : { agent }) })
  return {
    checkIn: put('mdm/checkin', 'application/x-apple-aspen-mdm-checkin'),
    connect: put('mdm/connect', 'application/x-apple-aspen-mdm; charset=UTF-8'),
    async fetch(text) {
      const url = URL.parse(text)
      if (url === null || !/^https?:$/.test(url.protocol)) {
        throw new TransportError('unreachable', text, 'it is not an http:// or https:// URL')
      }
      if (isReservedHost(url.hostname)) return contentDouble(url)
      return redirected({ method: 'GET', url, headers: {} }, { timeout })
    },
  }
}
