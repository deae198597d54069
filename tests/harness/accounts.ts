import type { DeclarationType } from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'
import type { Written } from './declarations.ts'

const PREFIX = 'com.apple.configuration.account.'

/** What stands after the prefix in the types that there are. */
type AccountOf<Type> = Type extends `${typeof PREFIX}${infer Account}` ? Account : never

/** The assets that the accounts below refer to. */
export const accountAssets: Readonly<Record<string, Written>> = {
  credentials: {
    Type: 'com.apple.asset.credential.userpassword',
    Payload: { Reference: { DataURL: 'https://assets.example.org/credentials.json' } },
  },
  identity: {
    Type: 'com.apple.asset.useridentity',
    Payload: { FullName: 'Ada', EmailAddress: 'ada@school.example' },
  },
}

export function mailAccount(HostName: string): Written {
  const server = { HostName, AuthenticationMethod: 'Password', AuthenticationCredentialsAssetReference: 'credentials' }
  return account('mail', {
    VisibleName: HostName,
    UserIdentityAssetReference: 'identity',
    IncomingServer: { ServerType: 'IMAP', Port: 993, ...server },
    OutgoingServer: { Port: 587, ...server },
  })
}

export function subscribedCalendar(name: string): Written {
  return account('subscribed-calendar', { CalendarURL: `https://calendars.example.org/${name}.ics` })
}

const host = {
  HostName: 'dav.example.org',
  Port: 8443,
  AuthenticationCredentialsAssetReference: 'credentials',
}

/** One account of each type. A mail account is two in status: incoming and outgoing. */
export const everyAccount: Readonly<Record<string, Written>> = {
  'account.caldav': account('caldav', host),
  'account.carddav': account('carddav', host),
  'account.exchange': account('exchange', {
    EnabledProtocolTypes: ['EAS'],
    HostName: 'mail.example.org',
    UserIdentityAssetReference: 'identity',
  }),
  'account.google': account('google', { UserIdentityAssetReference: 'identity' }),
  'account.ldap': account('ldap', host),
  'account.mail': mailAccount('imap.example.org'),
  'account.calendar': subscribedCalendar('fixtures'),
}

function account(type: AccountOf<DeclarationType>, Payload: JsonObject): Written {
  return { Type: `${PREFIX}${type}`, Payload }
}
