import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'
import { lintedBeside } from '../linted-beside.ts'

/** Otherwise nobody can tell which content a device holds. */
export const declarationsMatch: Check<readonly Fetched[]> = {
  code: 'declarations-match',
  group: 'declarations',
  severity: 'error',
  must: 'a declaration has the Identifier and the ServerToken that the manifest promised',
  source: 'apple:declarative/protocol/declarationitemsresponse.yaml',
  ask: async (exam) => exam.fetched(),
  judge: (fetched) => fetched.flatMap((one) => lintedBeside(one, ['identifier-differs', 'server-token-differs'])),
}
