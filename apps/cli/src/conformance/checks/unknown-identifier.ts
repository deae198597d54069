import { declarationKinds } from '@edict/protocol'
import { notFound } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** 404 makes a device drop its copy and go on; anything else ends the synchronization, with a pause before the next. */
export const unknownIdentifier: Check<readonly Exchange[]> = {
  code: 'unknown-identifier',
  group: 'declarations',
  severity: 'error',
  must: 'a declaration that there is not is answered 404',
  source: 'apple documentation: declarative-management',
  ask: async (exam) => {
    await exam.tokens()
    const identifier = 'conformance.there-is-no-such-declaration'
    const asked: Exchange[] = []
    for (const kind of declarationKinds) asked.push(await exam.declaration({ kind, identifier }))
    return asked
  },
  judge: (asked) => asked.flatMap(notFound),
}
