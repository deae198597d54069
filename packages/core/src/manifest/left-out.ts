import type { ClientCapabilities } from '@edict/protocol'
import { ACTIVATION_TYPE, type DeclarationVersion, payloadOf } from '../declaration/declaration.ts'
import { references } from '../declaration/references.ts'
import { ineligible } from '../eligibility/available.ts'
import type { Eligibility } from '../eligibility/eligibility.ts'
import type { Cause } from './manifest.ts'

/**
 * Why each declaration of a closure cannot be had by a channel; those that can are not in the answer. The first cause
 * counts, following references upward: what is not available itself; a configuration whose asset is left out; an
 * activation none of whose configurations is left.
 */
export function leftOut(
  wanted: ReadonlyMap<string, DeclarationVersion>,
  who: Eligibility,
  capabilities: ClientCapabilities | null,
): ReadonlyMap<string, Cause> {
  const causes = new Map<string, Cause | undefined>()
  const causeOf = (identifier: string): Cause | undefined => {
    const version = wanted.get(identifier)
    if (version === undefined)
      return { code: 'left-out-missing', reason: `${identifier} does not exist`, of: identifier }
    if (!causes.has(identifier)) {
      causes.set(identifier, undefined)
      causes.set(identifier, judge(version))
    }
    return causes.get(identifier)
  }
  const judge = (version: DeclarationVersion): Cause | undefined => {
    const reason = ineligible(version.type, who, capabilities)
    if (reason !== undefined) return { code: 'left-out-ineligible', reason }
    const outcomes = references(version.type, payloadOf(version)).map(({ to }) => ({ to, cause: causeOf(to) }))
    const refused = outcomes.find(({ cause }) => cause !== undefined)
    if (refused?.cause === undefined) return undefined
    if (version.kind !== 'activation') return { ...because(refused.to, refused.cause), code: 'left-out-asset' }
    return outcomes.every(({ cause }) => cause !== undefined)
      ? { ...because(refused.to, refused.cause), code: 'left-out-configurations' }
      : undefined
  }
  for (const identifier of wanted.keys()) causeOf(identifier)
  return new Map([...causes].flatMap(([identifier, cause]) => (cause === undefined ? [] : [[identifier, cause]])))
}

function because(of: string, cause: Cause): Pick<Cause, 'reason' | 'of'> {
  return { reason: cause.reason, of: cause.of ?? of }
}

/** An activation's payload with the configurations that are left; any other payload as it is. */
export function pruned(version: DeclarationVersion, gone: ReadonlyMap<string, Cause>) {
  const payload = payloadOf(version)
  const listed = payload.StandardConfigurations
  if (version.type !== ACTIVATION_TYPE || !Array.isArray(listed)) return payload
  const kept = listed.filter((identifier) => typeof identifier !== 'string' || !gone.has(identifier))
  return kept.length === listed.length ? payload : { ...payload, StandardConfigurations: kept }
}
