import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** A key that Apple does not know makes a device refuse all of it, silently. */
export const manifestKeys: Check<Exchange> = {
  code: 'manifest-keys',
  group: 'manifest',
  severity: 'error',
  must: 'the manifest and its entries have no further keys',
  source: 'field: one key too many, and the whole manifest is refused',
  ask: async (exam) => exam.items(),
  judge: (items) =>
    items.came?.status === 200 ? linted(items, { kind: 'declaration-items' }, ['key-unexpected']) : [],
}
