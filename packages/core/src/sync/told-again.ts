import type { Sync } from './sync.ts'

/**
 * Whether a channel that is told this token was told it before and has collected it. Nothing that follows from what was told
 * changes then: whether a channel already holds what it should is asked only while it should hold something else than it
 * collected, and it will have been told that since.
 */
export function isToldAgain({ told, collected }: Sync, token: string): boolean {
  return told?.token === token && collected?.token === token
}
