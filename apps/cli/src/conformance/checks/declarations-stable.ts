import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'
import { sameContent } from '../same-content.ts'

/** A device fetches a pair once: what changes under it never arrives. */
export const declarationsStable: Check<readonly Fetched[]> = {
  code: 'declarations-stable',
  group: 'declarations',
  severity: 'error',
  must: 'a declaration is the same while its ServerToken is',
  source: 'apple:declarative/protocol/declarationitemsresponse.yaml',
  ask: async (exam) => exam.fetched(),
  judge: (fetched) =>
    fetched.flatMap(({ listed, first, second }) =>
      sameContent(first, second)
        ? []
        : [{ found: `${listed.identifier} is another the second time, under one ServerToken`, exchange: second }],
    ),
}
