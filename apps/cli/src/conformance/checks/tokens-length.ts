import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** Longer ones are not kept. */
export const tokensLength: Check<Exchange> = {
  code: 'tokens-length',
  group: 'tokens',
  severity: 'error',
  must: 'DeclarationsToken has 1 to 256 octets',
  source: 'apple documentation: synchronizationtokens',
  ask: async (exam) => exam.tokens(),
  judge: (tokens) =>
    tokens.came?.status === 200 ? linted(tokens, { kind: 'tokens' }, ['token-too-long', 'token-empty']) : [],
}
