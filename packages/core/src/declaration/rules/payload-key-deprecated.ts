import { type Availability, type ByPlatform, compareVersions, type Platform } from '@edict/catalogue'
import type { Target } from '../../eligibility/eligibility.ts'
import { warning } from '../../problem.ts'
import type { PayloadPlace, PayloadRule } from '../payload/payload-place.ts'

/**
 * A key that Apple deprecated or removed, on one of the targets or, when there are none, on any platform.
 *
 * @see apple:docs/schema.yaml (deprecated, removed)
 */
export const payloadKeyDeprecated: PayloadRule = (
  { facts, at, name, availability, around }: PayloadPlace,
  { targets },
) => {
  if (facts.availability === undefined) return []
  const ended = endings(availability, targets).filter(({ platform, version }) => !endedAt(around, platform, version))
  const [first] = ended
  if (first === undefined) return []
  return [
    warning(
      'payload-key-deprecated',
      `Cannot rely on ${name}: ${ended.map(({ platform, version, how }) => `${how} in ${platform} ${version}`).join(', ')}`,
      { at, found: name, expected: 'a key that Apple keeps', remedy: `take ${name} out` },
    ),
  ]
}

interface Ending {
  readonly platform: Platform
  readonly version: string
  readonly how: 'deprecated' | 'removed'
}

function endings(availability: ByPlatform<Availability>, targets: readonly Target[] | undefined): readonly Ending[] {
  return Object.entries(availability).flatMap(([name, { deprecated, removed }]): Ending[] => {
    const platform = name as Platform
    const version = removed ?? deprecated
    if (version === undefined || !concerns(targets, platform, deprecated ?? version)) return []
    return [{ platform, version, how: removed === undefined ? 'deprecated' : 'removed' }]
  })
}

function concerns(targets: readonly Target[] | undefined, platform: Platform, since: string): boolean {
  if (targets === undefined) return true
  return targets.some(
    (target) =>
      target.platform === platform && (target.osVersion === null || compareVersions(target.osVersion, since) >= 0),
  )
}

function endedAt(around: ByPlatform<Availability>, platform: Platform, version: string): boolean {
  const outer = around[platform]
  return outer?.removed === version || outer?.deprecated === version
}
