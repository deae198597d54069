import { declarationKinds } from '@edict/protocol'
import { notFound } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** The kind is part of the name that a device asks by. */
export const otherKind: Check<readonly Exchange[]> = {
  code: 'other-kind',
  group: 'declarations',
  severity: 'error',
  must: 'a declaration asked for under another kind than its own is answered 404',
  source: 'apple documentation: declarative-management',
  ask: async (exam) => {
    const [one] = await exam.fetched()
    const asked: Exchange[] = []
    for (const kind of declarationKinds.filter((other) => other !== one?.listed.kind))
      asked.push(await exam.declaration({ kind, identifier: one?.listed.identifier ?? '' }))
    return asked
  },
  judge: (asked) => asked.flatMap(notFound),
}
