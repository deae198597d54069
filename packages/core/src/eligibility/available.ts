import {
  type Availability,
  type ByPlatform,
  compareVersions,
  declarationTypes,
  type EnrollmentKind,
  kindOf,
  type Requirements,
} from '@edict/catalogue'
import type { ClientCapabilities } from '@edict/protocol'
import type { Target } from './eligibility.ts'

/**
 * Why a channel cannot have a declaration of this type, or undefined when it can. Before a device has reported its
 * capabilities it is gated by what its platform, version, supervision and enrollment type can have; afterwards by the
 * capabilities and the enrollment: a device knows better than the catalogue what its OS has. A list absent from Apple's schema restricts nothing, an empty one forbids.
 *
 * @see apple:docs/schema.yaml (supportedOS, allowed-enrollments, allowed-scopes)
 */
export function ineligible(type: string, who: Target, capabilities: ClientCapabilities | null): string | undefined {
  const facts = declarationTypes.get(type)
  const kind = kindOf(type)
  if (capabilities !== null && kind !== undefined && !capabilities.declarations[kind].includes(type)) {
    return `the device does not list ${type} in its client-capabilities`
  }
  if (facts === undefined) {
    return capabilities === null
      ? `${type} is not in the catalogue and the device has not reported its capabilities`
      : undefined
  }
  return unavailable(type, facts.availability, who, capabilities !== null)
}

/**
 * Why a channel cannot have a thing with this availability, or undefined when it can.
 *
 * @param name what to call it in the answer: a type, or a key
 * @param reported whether the device said itself that its OS has it
 */
export function unavailable(
  name: string,
  availability: ByPlatform<Availability & Requirements>,
  who: Target,
  reported = false,
): string | undefined {
  if (who.platform === null) return undefined
  const here = availability[who.platform]
  if (here === undefined) return reported ? undefined : `${name} does not exist on ${who.platform}`
  return (
    (reported ? undefined : tooEarlyOrLate(name, here, who)) ??
    enrollmentForbids(name, here, who) ??
    scopeForbids(name, here, who) ??
    unmet(name, here, who)
  )
}

function tooEarlyOrLate(type: string, availability: Availability, who: Target): string | undefined {
  if (who.osVersion === null) return undefined
  if (compareVersions(who.osVersion, availability.introduced) < 0) {
    return `${type} needs ${who.platform} ${availability.introduced}, this is ${who.osVersion}`
  }
  if (availability.removed !== undefined && compareVersions(who.osVersion, availability.removed) >= 0) {
    return `${type} was removed in ${who.platform} ${availability.removed}, this is ${who.osVersion}`
  }
  return undefined
}

function enrollmentForbids(type: string, availability: Availability, who: Target): string | undefined {
  const allowed = availability.enrollments
  if (allowed === undefined || enrollmentKinds(who).some((kind) => allowed.includes(kind))) return undefined
  return allowed.includes('supervised') && who.supervised === false && who.enrollment !== 'user'
    ? `${type} needs supervision on ${who.platform}`
    : `${type} is not available to this enrollment type (${who.enrollment}) on ${who.platform}`
}

/** What this channel counts as; supervision not yet known excludes nothing. */
function enrollmentKinds(who: Target): readonly EnrollmentKind[] {
  if (who.enrollment === 'user') return ['user']
  return who.supervised === true || who.supervised === null ? ['supervised', 'device'] : ['device']
}

function scopeForbids(type: string, availability: Availability, who: Target): string | undefined {
  const allowed = who.sharedIPad ? (availability.sharedIPadScopes ?? availability.scopes) : availability.scopes
  const scope = who.channel === 'device' ? 'system' : 'user'
  if (allowed === undefined || allowed.includes(scope)) return undefined
  return who.sharedIPad && allowed.length === 0
    ? `${type} is not allowed on Shared iPad`
    : `${type} is not available on the ${who.channel} channel${who.sharedIPad ? ' of a Shared iPad' : ` on ${who.platform}`}`
}

/** What the schema asks of a command or its keys. Supervision not yet known excludes nothing. */
function unmet(name: string, needs: Requirements, who: Target): string | undefined {
  const { supervised, userEnrollment, sharedIPad } = needs
  if (who.enrollment === 'user' && userEnrollment === 'forbidden') {
    return `${name} is not available to this enrollment type (user) on ${who.platform}`
  }
  if (supervised === true && who.supervised === false) return `${name} needs supervision on ${who.platform}`
  if (who.sharedIPad && sharedIPad?.mode === 'forbidden') return `${name} is not allowed on Shared iPad`
  if (!who.sharedIPad && sharedIPad?.mode === 'required') return `${name} is for Shared iPad only`
  const channels = who.sharedIPad ? { ...needs, ...sharedIPad } : needs
  if ((who.channel === 'device' ? channels.deviceChannel : channels.userChannel) !== false) return undefined
  return `${name} is not available on the ${who.channel} channel${who.sharedIPad ? ' of a Shared iPad' : ` on ${who.platform}`}`
}
