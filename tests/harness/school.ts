import { activation, legacyProfile, type Written } from './declarations.ts'
import { handIn } from './hand-in.ts'
import { handInProfile, hostedProfile, wifiProfile } from './hosted-profile.ts'

const CREDENTIALS = 'it-admin.credentials'
const IDENTITY = 'it-admin.identity'

/** What each role of a teacher brings, by role: the configuration that its activation switches on. */
export const ofRole = {
  Lower: 'lower.wifi',
  Upper: 'upper.wifi',
  'IT Admin': 'it-admin.mail',
  Sports: 'sports.calendar',
} as const

export type Role = keyof typeof ofRole

/** The school of the talk: an activation and a configuration for each role, loaded before anybody has a device. */
export const school: Readonly<Record<string, Written>> = {
  'lower.wifi': legacyProfile('lower'),
  'upper.wifi': legacyProfile('upper'),
  [IDENTITY]: {
    Type: 'com.apple.asset.useridentity',
    Payload: { FullName: 'IT Admin', EmailAddress: 'it@school.example.com' },
  },
  [CREDENTIALS]: {
    Type: 'com.apple.asset.credential.userpassword',
    Payload: { Reference: { DataURL: 'https://content.example.com/it.json', ContentType: 'application/json' } },
  },
  'it-admin.mail': mailAccount('IT Admin', IDENTITY, CREDENTIALS),
  'sports.calendar': {
    Type: 'com.apple.configuration.account.subscribed-calendar',
    Payload: { VisibleName: 'Fixtures', CalendarURL: 'https://content.example.com/fixtures.ics' },
  },
  ...Object.fromEntries(
    Object.entries(ofRole).map(([role, configuration]) => [
      `${configuration}.activation`,
      activation([configuration], `"${role}" IN @property(roles)`),
    ]),
  ),
}

/** The same, where the profiles and the credentials are on the server: they are to be handed in first. */
export const hostedSchool: typeof school = {
  ...school,
  'lower.wifi': hostedProfile('lower.mobileconfig'),
  'upper.wifi': hostedProfile('upper.mobileconfig'),
  [CREDENTIALS]: {
    Type: 'com.apple.asset.credential.userpassword',
    Payload: { Reference: { $content: 'it.json' } },
  },
}

/** Hands in what {@link hostedSchool} refers to; gives the URLs that devices get it at, by name. */
export async function handInSchool(url: string): Promise<ReadonlyMap<string, string>> {
  const urls = new Map<string, string>()
  for (const name of ['lower.mobileconfig', 'upper.mobileconfig'])
    urls.set(name, await handInProfile(url, name, wifiProfile(name)))
  const credentials = JSON.stringify({ UserName: 'it', Password: 'not this one' })
  const { answer } = await handIn(url, 'it.json', 'application/json', credentials)
  return urls.set('it.json', answer.content.url ?? '')
}

export function mailAccount(VisibleName: string, identity: string, credentials: string): Written {
  const password = { AuthenticationMethod: 'Password', AuthenticationCredentialsAssetReference: credentials }
  return {
    Type: 'com.apple.configuration.account.mail',
    Payload: {
      VisibleName,
      UserIdentityAssetReference: identity,
      IncomingServer: { ServerType: 'IMAP', HostName: 'mail.example.com', Port: 993, ...password },
      OutgoingServer: { HostName: 'mail.example.com', Port: 587, ...password },
    },
  }
}
