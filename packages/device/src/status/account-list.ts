import { statusItemValue } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'
import type { AssetContent } from '../content/asset-content.ts'
import { numberAt, objectAt, present, setOwn, textAt, valueAt } from '../json-object.ts'
import { seededUUID } from '../seeded.ts'
import type { InForce } from './in-force.ts'

type Keys = Readonly<Record<string, Json | undefined>>

interface AccountItem {
  readonly type: string
  /** Without identifier and declaration-identifier. */
  keys(configuration: InForce): Keys
}

const prefix = 'com.apple.configuration.account.'

const accountItems: ReadonlyMap<string, AccountItem> = new Map<string, AccountItem>([
  [
    'account.list.caldav',
    {
      type: `${prefix}caldav`,
      keys: (made) => ({ ...serverKeys(made), 'are-calendars-enabled': true, 'are-reminders-enabled': true }),
    },
  ],
  ['account.list.carddav', { type: `${prefix}carddav`, keys: serverKeys }],
  ['account.list.exchange', { type: `${prefix}exchange`, keys: exchangeKeys }],
  ['account.list.google', { type: `${prefix}google`, keys: googleKeys }],
  ['account.list.ldap', { type: `${prefix}ldap`, keys: (made) => ({ ...serverKeys(made), 'is-enabled': true }) }],
  [
    'account.list.mail.incoming',
    {
      type: `${prefix}mail`,
      keys: (made) => ({ ...mailKeys(made, 'IncomingServer'), 'is-mail-enabled': true, 'are-notes-enabled': true }),
    },
  ],
  ['account.list.mail.outgoing', { type: `${prefix}mail`, keys: (made) => mailKeys(made, 'OutgoingServer') }],
  ['account.list.subscribed-calendar', { type: `${prefix}subscribed-calendar`, keys: calendarKeys }],
])

export function isAccountItem(item: string): boolean {
  return accountItems.has(item)
}

/** The accounts of one kind that configurations made: one object each, linked to its declaration. */
export function accountList(item: string, configurations: readonly InForce[], seed: string): readonly JsonObject[] {
  const account = accountItems.get(item)
  if (account === undefined) return []
  return configurations
    .filter(({ declaration }) => declaration.Type === account.type)
    .map((made) => ({
      identifier: seededUUID(seed, item, made.identifier),
      'declaration-identifier': made.identifier,
      ...edited(item, present(account.keys(made)), made.edits),
    }))
}

/** Only keys that the item has: a mail account is two objects, and a person changes one of them. */
function edited(item: string, keys: JsonObject, edits: ReadonlyMap<string, Json>): JsonObject {
  const known = statusItemValue(item)?.item?.keys ?? {}
  const result: Record<string, Json> = { ...keys }
  for (const [key, value] of edits) if (Object.hasOwn(known, key)) setOwn(result, key, value)
  return result
}

function serverKeys({ declaration: { Payload }, asset }: InForce): Keys {
  return {
    'visible-name': textAt(Payload, 'VisibleName'),
    hostname: textAt(Payload, 'HostName'),
    port: numberAt(Payload, 'Port'),
    username: userName(Payload, asset),
  }
}

function exchangeKeys(made: InForce): Keys {
  const { Payload } = made.declaration
  const enabled = (service: string): boolean => valueAt(Payload, `${service}ServiceActive`) !== false
  return {
    ...serverKeys(made),
    username: userName(Payload, made.asset) ?? userIdentity(made)?.emailAddress,
    'is-mail-enabled': enabled('Mail'),
    'are-calendars-enabled': enabled('Calendar'),
    'are-contacts-enabled': enabled('Contacts'),
    'are-notes-enabled': enabled('Notes'),
    'are-reminders-enabled': enabled('Reminders'),
  }
}

function googleKeys(made: InForce): Keys {
  return {
    'visible-name': textAt(made.declaration.Payload, 'VisibleName'),
    username: userIdentity(made)?.emailAddress,
    'is-mail-enabled': true,
    'are-calendars-enabled': true,
    'are-contacts-enabled': true,
    'are-notes-enabled': true,
  }
}

function mailKeys(made: InForce, server: 'IncomingServer' | 'OutgoingServer'): Keys {
  const settings = objectAt(made.declaration.Payload, server) ?? {}
  return {
    'visible-name': textAt(made.declaration.Payload, 'VisibleName'),
    hostname: textAt(settings, 'HostName'),
    port: numberAt(settings, 'Port'),
    username: userName(settings, made.asset) ?? userIdentity(made)?.emailAddress,
  }
}

function calendarKeys({ declaration: { Payload }, asset }: InForce): Keys {
  return {
    'visible-name': textAt(Payload, 'VisibleName'),
    'calendar-url': textAt(Payload, 'CalendarURL'),
    username: userName(Payload, asset),
    'is-enabled': true,
  }
}

function userName(settings: JsonObject, asset: InForce['asset']): string | undefined {
  const reference = textAt(settings, 'AuthenticationCredentialsAssetReference')
  return reference === undefined ? undefined : asset(reference)?.userName
}

function userIdentity({ declaration: { Payload }, asset }: InForce): AssetContent | undefined {
  const reference = textAt(Payload, 'UserIdentityAssetReference')
  return reference === undefined ? undefined : asset(reference)
}
