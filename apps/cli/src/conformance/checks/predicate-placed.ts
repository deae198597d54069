import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'
import { lintedBeside } from '../linted-beside.ts'

/** Outside of it, it has no effect: the activation is always active. */
export const predicatePlaced: Check<readonly Fetched[]> = {
  code: 'predicate-placed',
  group: 'declarations',
  severity: 'error',
  must: 'a Predicate stands inside Payload',
  source: 'apple:declarative/declarations/activations/simple.yaml',
  ask: async (exam) => exam.fetched(),
  judge: (fetched) => fetched.flatMap((one) => lintedBeside(one, ['predicate-misplaced'])),
}
