import type { Platform } from '@edict/catalogue'
import type { Target } from '../eligibility/eligibility.ts'

/** A supervised device's own channel. */
export function target(platform: Platform, osVersion: string | null = null, but: Partial<Target> = {}): Target {
  return {
    channel: 'device',
    platform,
    osVersion,
    enrollment: 'supervised',
    supervised: true,
    sharedIPad: false,
    ...but,
  }
}
