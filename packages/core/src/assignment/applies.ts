import type { Assignment } from '../declared.ts'

/** Whether an assignment to an enrollment (or to a group that lists it) counts for that enrollment's own channel. */
export function appliesToOwn(assignment: Assignment, channel: 'device' | 'user'): boolean {
  return assignment.channel === 'own' || assignment.channel === channel
}

/** Whether an assignment to a device (or to a group that lists it) counts for the device's user channels. */
export function appliesToUser(assignment: Assignment): boolean {
  return assignment.channel === 'user'
}
