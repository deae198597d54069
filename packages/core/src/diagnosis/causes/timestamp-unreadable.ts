import type { Cause } from '../cause.ts'
import { hasCode, suspectFlaws } from '../look.ts'

const isTimestamp = hasCode('timestamp-fraction', 'timestamp-malformed')

/** A device that cannot read the Timestamp takes nothing of the answer. */
export const timestampUnreadable: Cause = {
  code: 'timestamp-unreadable',
  number: 5,
  basis: 'documented',
  summary: 'The Timestamp is missing, or not as a device reads it',
  remedy: 'write it as 2026-05-19T10:00:00Z: with seconds, without their fractions, with the zone',
  suspect: (history, stage) =>
    suspectFlaws(
      history,
      stage,
      (flaw) => isTimestamp(flaw) || (flaw.code === 'key-missing' && flaw.at.endsWith('/Timestamp')),
    ),
}
