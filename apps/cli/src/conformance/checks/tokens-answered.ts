import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { lintedBut } from '../linted.ts'

/** Where every synchronization begins. */
export const tokensAnswered: Check<Exchange> = {
  code: 'tokens-answered',
  group: 'tokens',
  severity: 'error',
  must: 'tokens is answered 200, with a TokensResponse in JSON',
  source: 'apple:declarative/protocol/tokensresponse.yaml',
  ask: async (exam) => exam.tokens(),
  judge: (tokens) =>
    tokens.came?.status === 200
      ? lintedBut(tokens, { kind: 'tokens' }, [
          'timestamp-fraction',
          'timestamp-malformed',
          'token-too-long',
          'token-empty',
        ])
      : answered(tokens),
}
