import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** The limits that Apple documents. */
export const manifestServerTokens: Check<Exchange> = {
  code: 'manifest-server-tokens',
  group: 'manifest',
  severity: 'error',
  must: 'each ServerToken has 1 to 64 octets, and the DeclarationsToken 1 to 256',
  source: 'apple:declarative/declarations/declarationbase.yaml',
  ask: async (exam) => exam.items(),
  judge: (items) =>
    items.came?.status === 200 ? linted(items, { kind: 'declaration-items' }, ['token-too-long', 'token-empty']) : [],
}
