import { answered } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Fetched } from '../exam.ts'

/** A 404 makes a device drop what it has; any other status ends the synchronization. */
export const declarationsAnswered: Check<readonly Fetched[]> = {
  code: 'declarations-answered',
  group: 'declarations',
  severity: 'error',
  must: 'everything that the manifest lists is served: 200',
  source: 'apple documentation: declarative-management',
  ask: async (exam) => exam.fetched(),
  judge: (fetched) => fetched.flatMap(({ first }) => answered(first)),
}
