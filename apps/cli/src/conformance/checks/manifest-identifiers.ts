import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** A device puts it into its Endpoint as it stands. */
export const manifestIdentifiers: Check<Exchange> = {
  code: 'manifest-identifiers',
  group: 'manifest',
  severity: 'error',
  must: 'each Identifier has 1 to 64 octets, of characters that an Endpoint takes',
  source: 'apple:declarative/declarations/declarationbase.yaml',
  ask: async (exam) => exam.items(),
  judge: (items) =>
    items.came?.status === 200 ? linted(items, { kind: 'declaration-items' }, ['identifier-malformed']) : [],
}
