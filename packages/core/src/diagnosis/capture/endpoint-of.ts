import type { Captured } from './captured.ts'

/** What a request was for, where nobody says: GET gets an asset, and a check-in shows by its type or by its body. */
export function endpointOf(request: {
  readonly method: string
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
}): Captured['endpoint'] {
  const { method, headers, body } = request
  if (method === 'GET') return 'asset'
  if (headers['content-type']?.includes('checkin') === true) return 'checkin'
  return body !== null && Buffer.from(body).includes('MessageType') ? 'checkin' : 'connect'
}
