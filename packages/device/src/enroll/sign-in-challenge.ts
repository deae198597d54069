import { DeviceError } from '../device-error.ts'
import type { Answer } from '../transport.ts'
import type { SignIn } from './way.ts'

/** Where an authentication session ends: a URL that only the system opens. */
const RESULTS = 'apple-remotemanagement-user-login://authentication-results'

/**
 * Does what a 401 of account-driven enrollment asks for: `WWW-Authenticate: Bearer method="apple-as-web", url="…"`. A person signs
 * in at that URL, which is told who wants to, and the access token stands in the URL that the session ends with.
 *
 * @throws DeviceError `sign-in-unclear` when the answer does not say where, `sign-in-failed` when no token comes of it
 */
export async function signedIn(answer: Answer, identifier: string, signIn: SignIn): Promise<string> {
  const url = signInUrl(answer)
  url.searchParams.set('user-identifier', identifier)
  const end = await signIn(url.href).catch((cause: Error) => {
    throw failed(cause.message)
  })
  const [place, query = ''] = end.split('?', 2)
  const token = new URLSearchParams(query).get('access-token')
  if (place !== RESULTS || token === null || token === '') throw failed(place ?? end)
  return token
}

function signInUrl({ headers }: Answer): URL {
  const challenge = headers['www-authenticate'] ?? ''
  const parts = new Map([...challenge.matchAll(/([\w-]+)\s*=\s*"([^"]*)"/g)].map(([, name, value]) => [name, value]))
  const url = /^Bearer\s/i.test(challenge) ? URL.parse(parts.get('url') ?? '') : null
  if (url !== null && parts.get('method') === 'apple-as-web') return url
  throw new DeviceError('sign-in-unclear', 'Cannot sign in: the server does not say where', {
    at: 'WWW-Authenticate',
    found: challenge,
    expected: 'Bearer method="apple-as-web", url="https://…"',
  })
}

function failed(found: string): DeviceError {
  return new DeviceError('sign-in-failed', `Cannot sign in: it ended with ${found}`, {
    found,
    expected: `${RESULTS}?access-token=…`,
  })
}
