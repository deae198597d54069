import type { Instant } from '../instant.ts'
import { SHOWN_LIMIT, type Sync } from './sync.ts'

/** The channel after `declaration-items` was answered with a manifest. */
export function itemsAnswered(sync: Sync, token: string, now: Instant): Sync {
  const shown = [token, ...sync.shown.filter((other) => other !== token)].slice(0, SHOWN_LIMIT)
  return { ...sync, collected: { token, at: now }, shown }
}

/**
 * The manifests from which a channel may fetch bodies, newer first: the last two different ones that it was answered. What
 * is in neither is 404.
 */
export function servedFrom(sync: Sync): readonly string[] {
  return sync.shown.slice(0, 2)
}
