import { unbroken } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** What comes from the network may be anything. */
export const oddIdentifiers: Check<readonly Exchange[]> = {
  code: 'odd-identifiers',
  group: 'declarations',
  severity: 'error',
  must: 'an Identifier with odd characters does not break the server',
  source: 'apple:declarative/declarations/declarationbase.yaml',
  ask: async (exam) => {
    await exam.tokens()
    const asked: Exchange[] = []
    for (const identifier of ODD) asked.push(await exam.declarative(`declaration/configuration/${identifier}`))
    return asked
  },
  judge: (asked) =>
    asked.flatMap((one) =>
      one.came?.status === 200 ? [{ found: `${one.sent.what} was answered 200`, exchange: one }] : unbroken(one),
    ),
}

const ODD = ['a b', 'ü', '%2e%2e%2f', '../../tokens', '..%00', "'; --", '\u{1f34e}', '{{7*7}}', 'x'.repeat(4096)]
