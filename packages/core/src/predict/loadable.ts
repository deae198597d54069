import { type Availability, type ByPlatform, compareVersions, declarationTypes, kindOf } from '@edict/catalogue'
import { isJsonObject } from '@edict/protocol'
import { hasType } from '../declaration/payload/has-type.ts'
import { keyAvailability } from '../declaration/payload/key-availability.ts'
import type { PayloadPlace } from '../declaration/payload/payload-place.ts'
import { walkPayload } from '../declaration/payload/walk-payload.ts'
import type { DeviceFacts } from './device-facts.ts'
import type { HeldDeclaration } from './held-declaration.ts'

/** Why a device would not load a declaration at all, or undefined when it would. */
export function loadProblem(declaration: HeldDeclaration, facts: DeviceFacts): string | undefined {
  const { type, kind, identifier, payload } = declaration
  if (kindOf(type) !== kind) return `${type} is no ${kind}`
  if (!exists(type, kind, facts)) {
    const where = facts.platform === null ? '' : ` on ${[facts.platform, facts.osVersion].filter(Boolean).join(' ')}`
    return `there is no ${type}${where}`
  }
  let problem: string | undefined
  walkPayload({ identifier, type, payload, extra: {} }, (place) => {
    if (problem === undefined && isHere(place.availability, facts)) problem = malformed(place, facts)
  })
  return problem
}

/** Whether a type can be used on the channel, and not only exists on its OS. */
export function isUsable({ type, kind }: HeldDeclaration, { capabilities }: DeviceFacts): boolean {
  return capabilities === null || capabilities.declarations[kind].includes(type)
}

function exists(type: string, kind: HeldDeclaration['kind'], facts: DeviceFacts): boolean {
  if (facts.capabilities?.declarations[kind].includes(type) === true) return true
  const known = declarationTypes.get(type)
  return known !== undefined && isHere(known.availability, facts)
}

/** What is not known of a device excludes nothing. */
function isHere(availability: ByPlatform<Availability>, { platform, osVersion }: DeviceFacts): boolean {
  if (platform === null) return true
  const here = availability[platform]
  if (here === undefined) return false
  if (osVersion === null) return true
  return (
    compareVersions(osVersion, here.introduced) >= 0 &&
    (here.removed === undefined || compareVersions(osVersion, here.removed) < 0)
  )
}

function malformed({ value, facts, at, availability }: PayloadPlace, device: DeviceFacts): string | undefined {
  if (!hasType(value, facts.type)) return `${at} is not of type ${facts.type}`
  if (facts.rangelist?.some((allowed) => allowed === value) === false) {
    return `${at} is none of ${facts.rangelist.join(', ')}`
  }
  if (!isJsonObject(value)) return undefined
  for (const [key, inner] of Object.entries(facts.keys ?? {})) {
    if (inner.presence !== 'required' || Object.hasOwn(value, key)) continue
    // Some required keys do not exist on every platform of their declaration.
    const isDemanded = device.platform !== null || inner.availability === undefined
    if (isDemanded && isHere(keyAvailability(availability, inner.availability), device))
      return `${at}/${key} is missing`
  }
  return undefined
}
