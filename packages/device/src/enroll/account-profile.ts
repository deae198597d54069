import { DeviceError } from '../device-error.ts'
import type { Answer } from '../transport.ts'
import { AccountSession } from './account-session.ts'
import { readEnrollmentProfile } from './enrollment-profile.ts'
import type { Asking, ObtainedProfile } from './obtained-profile.ts'
import { signedIn } from './sign-in-challenge.ts'
import type { AccountWay } from './way.ts'

const WELL_KNOWN = '/.well-known/com.apple.remotemanagement'
const modes = { 'mdm-byod': 'BYOD', 'mdm-adde': 'ADDE' } as const
type Version = keyof typeof modes

/**
 * Account-driven enrollment up to its profile: finds the server by the domain of the account, is told where to sign in, signs in,
 * and asks again with the token that it got.
 *
 * @throws DeviceError `discovery-failed`, `sign-in-unclear`, `sign-in-failed`, `profile-refused`, `enrollment-mode-foreign`
 */
export async function accountProfile(way: AccountWay, { line, machine }: Asking): Promise<ObtainedProfile> {
  const { identifier, signIn } = way
  const url = await discovered(way, machine.modelFamily, machine.version, line)
  const body = await machine.signed()
  const ask = (headers: Readonly<Record<string, string>>) =>
    line.post('enrollment profile', { url, type: 'application/pkcs7-signature', body, headers })
  const first = await ask({})
  if (first?.status !== 401) throw refused(first, '401')
  const account = new AccountSession({ identifier, token: await signedIn(first, identifier, signIn) }, signIn)
  const answer = await ask({ authorization: account.authorization })
  if (answer?.status !== 200) throw refused(answer, '200')
  const { enrollmentMode } = readEnrollmentProfile(answer.body).management
  if (enrollmentMode !== modes[machine.version]) {
    throw new DeviceError('enrollment-mode-foreign', `Cannot enroll: the profile is for ${enrollmentMode}`, {
      at: 'EnrollmentMode',
      found: enrollmentMode,
      expected: modes[machine.version],
    })
  }
  return { profile: answer.body, account }
}

/** The BaseURL of the first server that takes a device of this ownership. */
async function discovered(
  { identifier, discovery }: AccountWay,
  modelFamily: string,
  version: Version,
  line: Asking['line'],
): Promise<string> {
  const domain = identifier.slice(identifier.lastIndexOf('@') + 1)
  const query = new URLSearchParams({ 'user-identifier': identifier, 'model-family': modelFamily })
  const url = `${discovery ?? `https://${domain}`}${WELL_KNOWN}?${query}`
  const answer = await line.get('service discovery', url)
  const offered = answer?.status === 200 ? serversIn(answer.body) : []
  const found = offered.find(({ Version }) => Version === version)?.BaseURL
  if (found !== undefined) return found
  const said = answer?.status === 200 ? offered.map(({ Version }) => Version).join(', ') : (answer?.status ?? null)
  throw new DeviceError('discovery-failed', `Cannot find a server for ${identifier}: found ${said ?? 'no answer'}`, {
    at: url,
    found: said,
    expected: `a server of Version ${version}`,
  })
}

interface Offered {
  readonly Version: string
  readonly BaseURL: string
}

function serversIn(body: Uint8Array): readonly Offered[] {
  try {
    const { Servers } = JSON.parse(new TextDecoder().decode(body)) as { Servers?: unknown }
    return Array.isArray(Servers) ? Servers.filter(isOffered) : []
  } catch {
    return []
  }
}

function isOffered(one: Partial<Offered> | null): one is Offered {
  return typeof one?.Version === 'string' && typeof one.BaseURL === 'string'
}

function refused(answer: Answer | null, expected: string): DeviceError {
  const found = answer?.status ?? null
  return new DeviceError('profile-refused', `Cannot get an enrollment profile: found ${found ?? 'no answer'}`, {
    at: 'enrollment profile',
    found,
    expected,
  })
}
