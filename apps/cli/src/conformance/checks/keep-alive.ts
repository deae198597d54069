import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** A synchronization is many small requests; without this, each makes a TLS handshake. */
export const keepAlive: Check<readonly Exchange[]> = {
  code: 'keep-alive',
  group: 'http',
  severity: 'warning',
  must: 'connections are kept',
  source: 'RFC 9112 §9.3',
  ask: async (exam) => {
    await exam.items()
    return exam.said
  },
  judge: (said) =>
    said.length < 2 || said.some(({ came }) => came?.reused === true)
      ? []
      : [{ found: `each of ${said.length} requests needed a connection of its own` }],
}
