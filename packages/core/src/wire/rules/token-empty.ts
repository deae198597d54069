import { consequences } from '../message.ts'
import { tokensIn } from '../tokens-in.ts'
import type { JsonRule } from '../wire-rule.ts'

/** A token says something: the empty one is equal to every other that was forgotten. */
export const tokenEmpty: JsonRule = {
  code: 'token-empty',
  severity: 'error',
  finds: 'a `DeclarationsToken` or `ServerToken` that is an empty string',
  kinds: ['tokens', 'declaration-items', 'declaration'],
  check: (message) =>
    tokensIn(message)
      .filter(({ token }) => token === '')
      .map(({ at, name }) => ({
        at,
        message: `Cannot use an empty ${name}: ${consequences[message.kind]}`,
        found: '',
        expected: 'a hash of what it stands for',
      })),
}
