import type { EndpointBody } from '@edict/api'
import type { DeclarationType } from '@edict/catalogue'
import type { Role } from './teachers.ts'

type Written = EndpointBody<'put-declaration'> & { readonly Type: DeclarationType }

/** Identifiers of what a device ends up with; each has an activation of its own. */
export const PASSCODE = 'school.passcode'
export const WIFI_LOWER = 'wifi.lower'
export const WIFI_UPPER = 'wifi.upper'
export const MAIL = 'it-admin.mail'
export const CALENDAR = 'sports.calendar'

const CREDENTIALS = 'it-admin.mail.credentials'
const IDENTITY = 'it-admin.mail.identity'

/** In an order in which each refers only to earlier ones. */
export const declarations: Readonly<Record<string, Written>> = {
  [PASSCODE]: {
    Type: 'com.apple.configuration.passcode.settings',
    Payload: { RequirePasscode: true, MinimumLength: 6, RequireComplexPasscode: true },
  },
  [activationOf(PASSCODE)]: activation(PASSCODE),
  [WIFI_LOWER]: profile('wifi-lower'),
  [activationOf(WIFI_LOWER)]: activation(WIFI_LOWER, `(@status(passcode.is-compliant) == TRUE) AND (${has('Lower')})`),
  [WIFI_UPPER]: profile('wifi-upper'),
  [activationOf(WIFI_UPPER)]: activation(WIFI_UPPER, `(@status(passcode.is-compliant) == TRUE) AND (${has('Upper')})`),
  [IDENTITY]: {
    Type: 'com.apple.asset.useridentity',
    Payload: { FullName: 'IT Admin', EmailAddress: 'it@school.example.com' },
  },
  [CREDENTIALS]: {
    Type: 'com.apple.asset.credential.userpassword',
    Payload: {
      Reference: { DataURL: 'https://content.example.com/it-mail-credentials.json', ContentType: 'application/json' },
    },
  },
  [MAIL]: {
    Type: 'com.apple.configuration.account.mail',
    Payload: {
      VisibleName: 'IT Admin',
      UserIdentityAssetReference: IDENTITY,
      IncomingServer: { ServerType: 'IMAP', HostName: 'mail.example.com', Port: 993, ...password() },
      OutgoingServer: { HostName: 'mail.example.com', Port: 587, ...password() },
    },
  },
  [activationOf(MAIL)]: activation(MAIL, has('IT Admin')),
  [CALENDAR]: {
    Type: 'com.apple.configuration.account.subscribed-calendar',
    Payload: { VisibleName: 'Fixtures', CalendarURL: 'https://content.example.com/fixtures.ics' },
  },
  [activationOf(CALENDAR)]: activation(CALENDAR, has('Sports')),
}

/** Sets; what a member refers to comes along. `school-accounts` is for the user channels of Macs. */
export const sets: Readonly<Record<string, readonly string[]>> = {
  'school-base': [activationOf(PASSCODE)],
  'school-roles': [WIFI_LOWER, WIFI_UPPER, MAIL, CALENDAR].map(activationOf),
  'school-accounts': [MAIL, CALENDAR].map(activationOf),
}

function activationOf(configuration: string): string {
  return `${configuration}.activation`
}

function activation(configuration: string, Predicate?: string): Written {
  return {
    Type: 'com.apple.activation.simple',
    Payload: { StandardConfigurations: [configuration], ...(Predicate === undefined ? {} : { Predicate }) },
  }
}

function has(role: Role): string {
  return `"${role}" IN @property(roles)`
}

function profile(name: string): Written {
  return {
    Type: 'com.apple.configuration.legacy',
    Payload: { ProfileURL: `https://content.example.com/${name}.mobileconfig` },
  }
}

function password() {
  return { AuthenticationMethod: 'Password', AuthenticationCredentialsAssetReference: CREDENTIALS }
}
