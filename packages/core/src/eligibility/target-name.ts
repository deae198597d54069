import type { Target } from './eligibility.ts'

/** A target for people: `iOS 18.1, supervised`, `macOS, user channel`. */
export function targetName({ platform, osVersion, enrollment, channel, sharedIPad }: Target): string {
  const system = [platform ?? 'any platform', ...(osVersion === null ? [] : [osVersion])].join(' ')
  const traits = [
    ...(enrollment === 'device' ? [] : [enrollment === 'user' ? 'user enrollment' : 'supervised']),
    ...(sharedIPad ? ['Shared iPad'] : []),
    ...(channel === 'user' ? ['user channel'] : []),
  ]
  return [system, ...traits].join(', ')
}
