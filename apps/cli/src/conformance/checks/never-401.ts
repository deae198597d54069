import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** 401 makes a device leave, except after an account-driven enrollment. */
export const never401: Check<readonly Exchange[]> = {
  code: 'never-401',
  group: 'http',
  severity: 'error',
  must: 'nothing is answered 401',
  source: 'field: a device unenrolls',
  ask: async (exam) => {
    await exam.items()
    return exam.said
  },
  judge: (said) =>
    said
      .filter(({ came }) => came?.status === 401)
      .map((exchange) => ({ found: `${exchange.sent.what} was answered 401`, exchange })),
}
