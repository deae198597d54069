import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** Milliseconds, which many languages write by themselves, end the synchronization without a word. */
export const tokensTimestamp: Check<Exchange> = {
  code: 'tokens-timestamp',
  group: 'tokens',
  severity: 'error',
  must: 'Timestamp is RFC 3339 without fractions of a second',
  source: 'apple:docs/schema.md',
  ask: async (exam) => exam.tokens(),
  judge: (tokens) =>
    tokens.came?.status === 200
      ? linted(tokens, { kind: 'tokens' }, ['timestamp-fraction', 'timestamp-malformed'])
      : [],
}
