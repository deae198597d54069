import { declarationTypes, type Platform } from '@edict/catalogue'
import type { Target } from '../eligibility/eligibility.ts'
import { target } from './targets.ts'

/** A channel of each platform that has the type, of an OS that nothing is too new for. */
export function targetsOfType(type: string): readonly Target[] {
  const availability = declarationTypes.get(type)?.availability ?? {}
  return Object.entries(availability).map(([platform, { scopes }]) =>
    target(platform as Platform, '99.0', { channel: scopes?.includes('system') === false ? 'user' : 'device' }),
  )
}
