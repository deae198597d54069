import type { Scans } from '../store.ts'

/** A scan to make, as it is sent to the reader thread. */
export interface Question {
  readonly id: number
  readonly method: keyof Scans
  readonly args: readonly unknown[]
}

/** What the reader thread is told. After `end` it closes its connection, and ends. */
export type Message = Question | 'end'

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: unknown; readonly unavailable: boolean }

const names: Readonly<Record<keyof Scans, true>> = {
  enrollments: true,
  itemValues: true,
  itemCounts: true,
  answerGroups: true,
  withoutItem: true,
  accounts: true,
  audit: true,
  invitations: true,
  expectedDevices: true,
  events: true,
  lastEvent: true,
  deliveries: true,
  waitingDeliveries: true,
  groups: true,
  counts: true,
  diagnosisCounts: true,
  diagnosed: true,
  channelDiagnoses: true,
  channels: true,
  seenChannels: true,
  wakes: true,
  notYetEnrolled: true,
  auditOf: true,
}

export const scanNames = Object.keys(names) as readonly (keyof Scans)[]
