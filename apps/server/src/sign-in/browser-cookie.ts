import { timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { hashToken } from '../hash-token.ts'

/** With this prefix a browser takes the cookie from this very host only, and over TLS. @see RFC 6265bis §4.1.3.2 */
const SECURE = '__Host-edict-sign-in'
/** Over plain HTTP, which only the machine itself speaks. */
const PLAIN = 'edict-sign-in'

/** The header that gives a browser its half of a sign-in. It is brought back from the provider's page too, so `Lax`. */
export function browserCookie(value: string, publicUrl: string, seconds: number): string {
  const [name, secure] = publicUrl.startsWith('https:') ? [SECURE, '; Secure'] : [PLAIN, '']
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

/** Whether a request comes from the browser that the sign-in began in. */
export function isSameBrowser({ cookie = '' }: IncomingHttpHeaders, browserHash: string | null): boolean {
  if (browserHash === null) return true
  const pairs = cookie.split(';').map((pair) => pair.trim().split('=', 2))
  const values = pairs.filter(([name]) => name === SECURE || name === PLAIN).map(([, value = '']) => hashToken(value))
  return values.some((hash) => timingSafeEqual(Buffer.from(hash), Buffer.from(browserHash)))
}
