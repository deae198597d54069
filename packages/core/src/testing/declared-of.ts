import type { JsonObject } from '@edict/protocol'
import { ACTIVATION_TYPE, type DeclarationVersion, PROPERTIES_TYPE } from '../declaration/declaration.ts'
import { type Draft, versionOf } from '../declaration/draft.ts'
import type { Assignment, Declared, Settings } from '../declared.ts'

export const PASSCODE_TYPE = 'com.apple.configuration.passcode.settings'
export const MAIL_TYPE = 'com.apple.configuration.account.mail'
const IDENTITY_TYPE = 'com.apple.asset.useridentity'

/** A draft without anything beside its Type and Payload. */
export function draftOf(identifier: string, type: string, payload: JsonObject = {}): Draft {
  return { identifier, type, payload, extra: {} }
}

export const passcode = (identifier: string, MinimumLength = 6) =>
  draftOf(identifier, PASSCODE_TYPE, { RequirePasscode: true, MinimumLength })

export const mail = (identifier: string, UserIdentityAssetReference: string) =>
  draftOf(identifier, MAIL_TYPE, { UserIdentityAssetReference })

export const person = (identifier: string, FullName = 'Ada') => draftOf(identifier, IDENTITY_TYPE, { FullName })

export const properties = (identifier: string, values: JsonObject) => draftOf(identifier, PROPERTIES_TYPE, values)

export const activation = (identifier: string, StandardConfigurations: readonly string[], Predicate?: string) =>
  draftOf(identifier, ACTIVATION_TYPE, {
    StandardConfigurations,
    ...(Predicate === undefined ? {} : { Predicate }),
  })

export const QUIET: Settings = { subscription: { enabled: false } }

export interface Written {
  readonly drafts?: readonly Draft[]
  readonly sets?: Readonly<Record<string, readonly string[]>>
  readonly groups?: Readonly<Record<string, readonly Assignment[]>>
  readonly settings?: Settings
}

/** What is declared when these drafts, sets and groups have been put. */
export function declaredOf({ drafts = [], sets = {}, groups = {}, settings = QUIET }: Written): Declared {
  return {
    revision: 1,
    declarations: new Map(
      drafts.map((draft): [string, DeclarationVersion] => [draft.identifier, versionOf(draft, undefined)]),
    ),
    sets: new Map(Object.entries(sets)),
    groups: new Map(Object.entries(groups)),
    settings,
  }
}

/** An assignment of a set to an enrollment's own channel. */
export function given(set: string, but: Partial<Assignment> = {}): Assignment {
  return { set, channel: 'own', exclude: false, ...but }
}
