import type { Captured } from '@edict/core'

/** Says who somebody is: of no use for a diagnosis, and not for files. */
const SECRET = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'mdm-signature',
  'client-cert',
  'ssl-client-escaped-cert',
])

/** One message as a line of a record that can be read again. Octets that are no text are base64. */
export function recordedLine({ at, direction, endpoint, status, headers, body, url, exchange }: Captured): string {
  const shown = Object.fromEntries(Object.entries(headers).filter(([name]) => !SECRET.has(name)))
  const line = {
    at: new Date(at).toISOString(),
    direction,
    endpoint,
    ...(status === null ? {} : { status }),
    headers: shown,
    ...(body === null ? {} : { body: textOf(body) }),
    url,
    exchange,
  }
  return `${JSON.stringify(line)}\n`
}

function textOf(body: Uint8Array): string | { readonly $data: string } {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return { $data: Buffer.from(body).toString('base64') }
  }
}
