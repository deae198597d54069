import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { linted } from '../linted.ts'

/** If the two differ, the manifest is collected again at every synchronization. */
export const manifestToken: Check<readonly [Exchange, Exchange]> = {
  code: 'manifest-token',
  group: 'manifest',
  severity: 'error',
  must: 'the manifest has the DeclarationsToken that tokens had',
  source: 'apple:declarative/protocol/declarationitemsresponse.yaml',
  ask: async (exam) => [await exam.tokens(), await exam.items()],
  judge: ([tokens, items]) =>
    tokens.came?.status === 200 && items.came?.status === 200
      ? linted(items, { kind: 'declaration-items', tokens: tokens.came.body }, ['token-differs'])
      : [],
}
