import type { IncomingHttpHeaders } from 'node:http'

/** The access token of a request; null where there is none, or something else. @see RFC 6750 §2.1 */
export function bearerOf({ authorization = '' }: IncomingHttpHeaders): string | null {
  return /^Bearer +([\w.~+/=-]{1,512})$/i.exec(authorization)?.[1] ?? null
}
