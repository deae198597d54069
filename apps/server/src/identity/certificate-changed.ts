import type { StoredEvent } from '@edict/store'

/** The event that tells that another certificate speaks for a device, or none. */
export function certificateChanged(enrollment: string, at: number): Omit<StoredEvent, 'sequence'> {
  return { at, type: 'enrollment.changed', data: { enrollment, what: ['certificate'] } }
}
