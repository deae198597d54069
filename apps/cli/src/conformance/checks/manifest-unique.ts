import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** Of two, one hides the other. */
export const manifestUnique: Check<Exchange> = {
  code: 'manifest-unique',
  group: 'manifest',
  severity: 'error',
  must: 'no Identifier stands twice in the manifest',
  source: 'apple:declarative/declarations/declarationbase.yaml',
  ask: async (exam) => exam.items(),
  judge: (items) =>
    items.came?.status === 200 ? linted(items, { kind: 'declaration-items' }, ['identifier-duplicate']) : [],
}
