import { ProtocolError, parseTimestamp } from '@edict/protocol'
import { type JsonMessage, topOf } from '../message.ts'
import { ownKey } from '../own-key.ts'
import { isDictionary } from '../walk-shape.ts'
import type { JsonRule } from '../wire-rule.ts'

/**
 * A Timestamp that is a time, with its zone.
 * @see apple:declarative/protocol/tokensresponse.yaml
 */
export const timestampMalformed: JsonRule = {
  code: 'timestamp-malformed',
  severity: 'error',
  finds: 'a `Timestamp` that is no time, or has no zone',
  kinds: ['tokens'],
  check: (message) => {
    const found = timestampOf(message)
    if (found === undefined || isTime(found)) return []
    return [
      {
        at: '/SyncTokens/Timestamp',
        message: 'Cannot use this Timestamp: a device could not read it and would stop synchronizing',
        found: found.slice(0, 80),
        expected: 'YYYY-MM-DDTHH:MM:SSZ',
      },
    ]
  },
}

export function timestampOf(message: JsonMessage): string | undefined {
  const tokens = ownKey(topOf(message), 'SyncTokens')
  const found = isDictionary(tokens) ? ownKey(tokens, 'Timestamp') : undefined
  return typeof found === 'string' ? found : undefined
}

function isTime(text: string): boolean {
  try {
    parseTimestamp(text.replace(/[.,]\d+(?=Z|[+-]\d\d:\d\d$)/, ''))
    return true
  } catch (error) {
    if (error instanceof ProtocolError) return false
    throw error
  }
}
