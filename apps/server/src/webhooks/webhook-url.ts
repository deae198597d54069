import { isIP } from 'node:net'
import { isLoopback } from '../config.ts'

/**
 * What stands against delivering to a URL, as what is expected instead; null when nothing does. Where a name leads is looked at when
 * it is connected to, each time.
 */
export function webhookUrlFlaw(given: string, isAllowed: (address: string) => boolean): string | null {
  const url = URL.parse(given)
  if (url === null) return 'an absolute URL, https://…'
  const host = hostOf(url)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(host)))
    return 'https://…, or http:// on a loopback address'
  if (url.username !== '' || url.password !== '')
    return 'a URL without a user name or password: the signature says who delivers'
  if (url.hash !== '') return 'a URL without a fragment'
  if (isIP(host) !== 0 && !isAllowed(host))
    return 'an address that is not link-local, multicast, or where a cloud tells credentials'
  return null
}

/** The host without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}
