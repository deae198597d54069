import type { Check } from '../check.ts'
import type { Came, Exchange } from '../exchange.ts'

/** An answer that ends with its connection cannot be told from one that broke off. */
export const framing: Check<readonly Exchange[]> = {
  code: 'framing',
  group: 'http',
  severity: 'error',
  must: 'an answer says where it ends: Content-Length or chunked',
  source: 'RFC 9112 §6.3',
  ask: async (exam) => {
    await exam.items()
    return exam.said
  },
  judge: (said) =>
    said
      .filter(({ came }) => came !== null && !hasEnd(came))
      .slice(0, 3)
      .map((exchange) => ({ found: `the answer to ${exchange.sent.what} has neither`, exchange })),
}

function hasEnd({ status, headers }: Came): boolean {
  return (
    status === 204 ||
    status === 304 ||
    headers['content-length'] !== undefined ||
    headers['transfer-encoding'] === 'chunked'
  )
}
