import {
  type Availability,
  type ByPlatform,
  compareVersions,
  type DeclarationKind,
  declarationTypes,
  type EnrollmentKind,
  type Platform,
  type Scope,
  statusItems,
} from '@edict/catalogue'
import type { JsonObject } from '@edict/protocol'

/** What decides about what a channel can do. */
export interface Situation {
  readonly platform: Platform
  readonly osVersion: string
  readonly enrollment: 'device' | 'user'
  readonly supervised: boolean
  readonly sharedIPad: boolean
  readonly scope: Scope
}

export interface Capabilities {
  /** Declaration types that can be used here. */
  readonly types: ReadonlySet<string>
  /** Declaration types that this OS has, though not for this enrollment or channel. */
  readonly elsewhere: ReadonlySet<string>
  readonly statusItems: ReadonlySet<string>
  /** The status item `management.client-capabilities`. */
  readonly report: JsonObject
}

const known = new Map<string, Capabilities>()

/** The same object for the same situation: thousands of devices share it. */
export function capabilitiesOf(situation: Situation): Capabilities {
  const key = JSON.stringify(Object.values(situation))
  const found = known.get(key)
  if (found !== undefined) return found
  const made = makeCapabilities(situation)
  known.set(key, made)
  return made
}

function makeCapabilities(situation: Situation): Capabilities {
  const existing = [...declarationTypes.values()].filter((facts) => exists(facts.availability, situation))
  const usable = existing.filter((facts) => allowed(facts.availability[situation.platform], situation))
  const items = [...statusItems.values()]
    .filter(
      ({ availability }) => exists(availability, situation) && allowed(availability[situation.platform], situation),
    )
    .map(({ name }) => name)
    .sort()
  const typesOf = (kind: DeclarationKind): string[] =>
    usable
      .filter((facts) => facts.kind === kind)
      .map(({ type }) => type)
      .sort()
  const types = new Set(usable.map(({ type }) => type))
  return {
    types,
    elsewhere: new Set(existing.map(({ type }) => type).filter((type) => !types.has(type))),
    statusItems: new Set(items),
    report: {
      'supported-versions': ['1.0.0'],
      'supported-payloads': {
        declarations: {
          activations: typesOf('activation'),
          assets: typesOf('asset'),
          configurations: typesOf('configuration'),
          management: typesOf('management'),
        },
        'status-items': items,
      },
      'supported-features': {},
    },
  }
}

function exists(availability: ByPlatform<Availability>, { platform, osVersion }: Situation): boolean {
  const facts = availability[platform]
  if (facts === undefined || compareVersions(osVersion, facts.introduced) < 0) return false
  return facts.removed === undefined || compareVersions(osVersion, facts.removed) < 0
}

/** A list that is absent restricts nothing, an empty one forbids. */
function allowed(facts: Availability | undefined, situation: Situation): boolean {
  if (facts === undefined) return false
  const scopes = situation.sharedIPad ? (facts.sharedIPadScopes ?? facts.scopes) : facts.scopes
  if (scopes !== undefined && !scopes.includes(situation.scope)) return false
  return facts.enrollments === undefined || countsAs(situation).some((kind) => facts.enrollments?.includes(kind))
}

/** Of Macs the schema never lists `device`: there, `supervised` stands for every device enrollment. */
function countsAs({ enrollment, platform, supervised }: Situation): readonly EnrollmentKind[] {
  if (enrollment === 'user') return ['user']
  return supervised || platform === 'macOS' ? ['supervised'] : ['device']
}
