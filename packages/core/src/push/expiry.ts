import type { Instant } from '../instant.ts'

const DAY = 86_400_000

/** How near the end of a push certificate is, in the steps in which it is told. */
export const expiryWarnings = ['60-days', '30-days', '14-days', '7-days', '1-day', 'expired'] as const

export type ExpiryWarning = (typeof expiryWarnings)[number]

const steps: readonly (readonly [number, ExpiryWarning])[] = [
  [0, 'expired'],
  [1, '1-day'],
  [7, '7-days'],
  [14, '14-days'],
  [30, '30-days'],
  [60, '60-days'],
]

/** The nearest step that has been reached; null while there are more than 60 days left. */
export function expiryWarning(expiresAt: Instant, now: Instant): ExpiryWarning | null {
  const left = expiresAt - now
  return steps.find(([days]) => (days === 0 ? left < 0 : left <= days * DAY))?.[1] ?? null
}
