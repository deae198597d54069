import type { JsonRule } from '../wire-rule.ts'
import { timestampOf } from './timestamp-malformed.ts'

const fraction = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[.,]\d+(Z|[+-]\d\d:\d\d)$/

/**
 * A Timestamp in whole seconds. Devices are reported to end the synchronization at a fraction, which many languages write by
 * themselves.
 * @see apple:docs/schema.md (timestamp)
 */
export const timestampFraction: JsonRule = {
  code: 'timestamp-fraction',
  severity: 'error',
  finds: 'a `Timestamp` with fractional seconds',
  kinds: ['tokens'],
  check: (message) => {
    const text = timestampOf(message)
    const parts = text === undefined ? null : fraction.exec(text)
    if (parts === null) return []
    return [
      {
        at: '/SyncTokens/Timestamp',
        message: 'Cannot use this Timestamp: it has a fraction of a second, at which a device stops synchronizing',
        found: text,
        expected: 'YYYY-MM-DDTHH:MM:SSZ',
        remedy: `write ${parts[1]}${parts[2]}`,
      },
    ]
  },
}
