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
  return followed(wanted, {
    ofItself: ({ type }) => {
      const reason = ineligible(type, who, capabilities)
      return reason === undefined ? undefined : { code: 'left-out-ineligible', reason }
    },
    ofAbsent: (identifier) => ({ code: 'left-out-missing', reason: `${identifier} does not exist`, of: identifier }),
  })
}

/** What of a declaration says why it is left out. */
type Referring = Pick<DeclarationVersion, 'identifier' | 'kind' | 'type' | 'payload'>

interface FirstCauses {
  /** Why a declaration cannot be had, whatever it refers to. */
  readonly ofItself: (version: Referring) => Cause | undefined
  /** Why what is referred to and not among them cannot be had. */
  readonly ofAbsent: (identifier: string) => Cause | undefined
}

/** The causes of what cannot be had, followed upward along references. */
export function followed(
  wanted: ReadonlyMap<string, Referring>,
  { ofItself, ofAbsent }: FirstCauses,
): ReadonlyMap<string, Cause> {
  const causes = new Map<string, Cause | undefined>()
  const causeOf = (identifier: string): Cause | undefined => {
    const version = wanted.get(identifier)
    if (version === undefined) return ofAbsent(identifier)
    if (!causes.has(identifier)) {
      causes.set(identifier, undefined)
      causes.set(identifier, judge(version))
    }
    return causes.get(identifier)
  }
  const judge = (version: Referring): Cause | undefined => {
    const own = ofItself(version)
    if (own !== undefined) return own
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
export function pruned(version: Pick<DeclarationVersion, 'type' | 'payload'>, gone: ReadonlyMap<string, Cause>) {
  const payload = payloadOf(version)
  const listed = payload.StandardConfigurations
  if (version.type !== ACTIVATION_TYPE || !Array.isArray(listed)) return payload
  const kept = listed.filter((identifier) => typeof identifier !== 'string' || !gone.has(identifier))
  return kept.length === listed.length ? payload : { ...payload, StandardConfigurations: kept }
}
