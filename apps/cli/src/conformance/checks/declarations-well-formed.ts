import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'
import { lintedBut } from '../linted.ts'

/** What a device cannot read it does not load, nor ask for again before the ServerToken is another. */
export const declarationsWellFormed: Check<readonly Fetched[]> = {
  code: 'declarations-well-formed',
  group: 'declarations',
  severity: 'error',
  must: 'a declaration has Type, Identifier, ServerToken and Payload',
  source: 'apple:declarative/declarations/declarationbase.yaml',
  ask: async (exam) => exam.fetched(),
  judge: (fetched) =>
    fetched
      .filter(({ first }) => first.came?.status === 200)
      .flatMap(({ first }) => lintedBut(first, { kind: 'declaration' }, OTHERS)),
}

/** What other checks are for. */
const OTHERS = ['identifier-differs', 'server-token-differs', 'kind-differs', 'predicate-misplaced'] as const
