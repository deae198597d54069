import type { Instant } from '../instant.ts'
import type { Sync } from './sync.ts'

/** How long a device has to ask for `declaration-items` after it was told a token. */
const ASKS_WITHIN = 2 * 60_000

/** Whether a channel still has to collect what it should hold: invariant 4 of the design. */
export function behind(sync: Sync, wanted: string, now: Instant): boolean {
  if (!sync.enabled) return true
  return sync.collected?.token !== wanted && !alreadyHeld(sync, wanted, now)
}

/**
 * A device stops silently when the token it is told equals that of the last manifest it received. So it holds the wanted
 * one when it was told it, had been answered it since its Authenticate, and two minutes later has not asked for a manifest.
 * When it asks after all, it holds what it is answered then, and only the next time it is told anything tells more.
 *
 * @see https://developer.apple.com/documentation/devicemanagement/integrating-declarative-management
 */
function alreadyHeld({ told, collected, shown }: Sync, wanted: string, now: Instant): boolean {
  if (told?.token !== wanted || !shown.includes(wanted)) return false
  const askedSince = collected !== null && collected.at > told.at
  return now - told.at >= ASKS_WITHIN && !askedSince
}
