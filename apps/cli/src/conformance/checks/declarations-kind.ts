import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'
import { lintedBeside } from '../linted-beside.ts'

/** A configuration among the assets is not loaded. */
export const declarationsKind: Check<readonly Fetched[]> = {
  code: 'declarations-kind',
  group: 'declarations',
  severity: 'error',
  must: 'the Type of a declaration is of the kind of its array',
  source: 'apple:declarative/declarations/declarationbase.yaml',
  ask: async (exam) => exam.fetched(),
  judge: (fetched) => fetched.flatMap((one) => lintedBeside(one, ['kind-differs'])),
}
