import { DeviceError, type SignIn } from '@edict/device'
import { exchange } from '../transport/exchange.ts'

const timeout = 30_000

/**
 * A person who signs in on the page of an authentication session, as their browser does it: opens it, fills in the form, and sends
 * it with the cookies that came with the page.
 */
export function signInByPage(account: string, password: string): SignIn {
  return async (url) => {
    const page = await exchange({ method: 'GET', url: new URL(url), headers: {} }, { timeout })
    const html = new TextDecoder().decode(page.body)
    const [action, state] = [
      attribute(html, /<form[^>]* action="([^"]*)"/),
      attribute(html, /name="state" value="([^"]*)"/),
    ]
    if (page.status !== 200 || action === undefined || state === undefined) throw refused(page.status, 'a form')
    const fields = new URLSearchParams({ state, account, password })
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: new URL(url).origin,
      cookie: (page.headers['set-cookie'] ?? '').replace(/;.*$/, ''),
    }
    const body = new TextEncoder().encode(fields.toString())
    const sent = await exchange({ method: 'POST', url: new URL(action, url), headers, body }, { timeout })
    const { location } = sent.headers
    if (sent.status === 308 && location !== undefined) return location
    throw refused(sent.status, '308')
  }
}

function attribute(html: string, pattern: RegExp): string | undefined {
  return pattern.exec(html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

function refused(found: number, expected: string): DeviceError {
  return new DeviceError('sign-in-refused', `Cannot sign in: found ${found}, expected ${expected}`, { found, expected })
}
