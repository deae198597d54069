import type { EnrollFailure, Fleet } from '../fleet/fleet.ts'
import { isRefusal } from '../fleet/is-refusal.ts'
import { exit } from './exit-code.ts'

const mostShown = 5

/** What is said about devices that could not enroll. Only when no device could is it a reason to end. */
export function enrollmentOutcome(
  { devices }: Fleet,
  failures: readonly EnrollFailure[],
): { readonly code: number; readonly lines: readonly string[] } {
  const [first] = failures
  if (first === undefined) return { code: exit.ok, lines: [] }
  if (failures.length === devices.length) {
    const { error } = first
    return { code: isRefusal(error) ? exit.refused : exit.unreachable, lines: [messageOf(error)] }
  }
  const shown = failures
    .slice(0, mostShown)
    .map(({ device, error }) => `not enrolled: ${device.id}: ${messageOf(error)}`)
  const more = failures.length - shown.length
  return { code: exit.ok, lines: more > 0 ? [...shown, `… and ${more} more`] : shown }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
