import type { Enrollment } from './enrollment.ts'

/** The device says that it left: nothing is pushed to it, its user channels leave with it. */
export function checkOut(enrollment: Enrollment): Enrollment {
  return { ...enrollment, state: 'left', push: null }
}
