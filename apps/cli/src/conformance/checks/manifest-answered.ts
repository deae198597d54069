import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { lintedBut } from '../linted.ts'

/** All four arrays, also those that are empty. */
export const manifestAnswered: Check<Exchange> = {
  code: 'manifest-answered',
  group: 'manifest',
  severity: 'error',
  must: 'declaration-items is answered 200, with the four arrays and the DeclarationsToken',
  source: 'apple:declarative/protocol/declarationitemsresponse.yaml',
  ask: async (exam) => exam.items(),
  judge: (items) =>
    items.came?.status === 200 ? lintedBut(items, { kind: 'declaration-items' }, OTHERS) : answered(items),
}

/** What other checks are for. */
const OTHERS = [
  'key-unexpected',
  'token-differs',
  'identifier-duplicate',
  'identifier-malformed',
  'token-too-long',
  'token-empty',
] as const
