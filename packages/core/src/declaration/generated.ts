import type { ClientCapabilities, JsonObject } from '@edict/protocol'
import { byCodeUnit, canonical } from '../canonical.ts'
import type { Settings } from '../declared.ts'
import { ACTIVATION_TYPE, type DeclarationVersion, ORGANIZATION_TYPE, SUBSCRIPTION_TYPE } from './declaration.ts'
import { serverToken } from './server-token.ts'

export const SUBSCRIPTION = 'edict.status-subscription'
export const SUBSCRIPTION_ACTIVATION = 'edict.status-subscription.activation'
export const ORGANIZATION = 'edict.organization-info'
export const OWN_PROPERTIES = 'edict.properties'

/**
 * The declarations that Edict makes for a cohort by itself: one status subscription for all that its devices say they
 * support, with the activation it needs, and the organization's name. The subscription waits for the first report.
 */
export function generatedDeclarations(
  settings: Settings,
  capabilities: ClientCapabilities | null,
): DeclarationVersion[] {
  return [
    ...(settings.subscription.enabled && capabilities !== null ? subscription(capabilities) : []),
    ...(settings.organization === undefined ? [] : [organization(settings.organization)]),
  ]
}

function subscription(capabilities: ClientCapabilities): DeclarationVersion[] {
  const names = [...new Set(capabilities.statusItems)].filter(worthSubscribing).sort(byCodeUnit)
  if (names.length === 0) return []
  return [
    made('configuration', SUBSCRIPTION, SUBSCRIPTION_TYPE, { StatusItems: names.map((Name) => ({ Name })) }),
    made('activation', SUBSCRIPTION_ACTIVATION, ACTIVATION_TYPE, { StandardConfigurations: [SUBSCRIPTION] }),
  ]
}

/** Test values mean nothing, push secrets and enhanced logging are not ours to collect unasked. */
export function worthSubscribing(name: string): boolean {
  return !name.startsWith('test.') && !name.startsWith('mdm.push-') && !name.startsWith('enhanced-logging.')
}

function organization(info: NonNullable<Settings['organization']>): DeclarationVersion {
  return made('management', ORGANIZATION, ORGANIZATION_TYPE, { ...info })
}

function made(
  kind: DeclarationVersion['kind'],
  identifier: string,
  type: string,
  payload: JsonObject,
): DeclarationVersion {
  const content = { kind, identifier, type, payload: canonical(payload), reapply: 0 }
  return { ...content, version: 1, contentHash: serverToken(content) }
}
