import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** The examination never says Accept-Encoding. */
export const noEncoding: Check<readonly Exchange[]> = {
  code: 'no-encoding',
  group: 'http',
  severity: 'error',
  must: 'an answer has no Content-Encoding that was not asked for',
  source: 'RFC 9110 §12.5.3',
  ask: async (exam) => {
    await exam.items()
    return exam.said
  },
  judge: (said) =>
    said
      .filter(({ came }) => !['', 'identity'].includes(came?.headers['content-encoding'] ?? ''))
      .slice(0, 3)
      .map((exchange) => ({
        found: `the answer to ${exchange.sent.what} is encoded: ${exchange.came?.headers['content-encoding']}`,
        exchange,
      })),
}
