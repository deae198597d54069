import { octetsOf } from '../octets-of.ts'
import { tokensIn } from '../tokens-in.ts'
import type { JsonRule } from '../wire-rule.ts'

/** Tokens within the documented lengths. */
export const tokenTooLong: JsonRule = {
  code: 'token-too-long',
  severity: 'error',
  finds: 'a `DeclarationsToken` of more than 256 octets, or a `ServerToken` of more than 64',
  kinds: ['tokens', 'declaration-items', 'declaration', 'draft', 'drafts'],
  check: (message) =>
    tokensIn(message)
      .filter(({ token, longest }) => octetsOf(token) > longest)
      .map(({ at, name, token, longest }) => ({
        at,
        message: `Cannot use this ${name}: it has ${octetsOf(token)} octets`,
        found: `${token.slice(0, 80)}…`,
        expected: `at most ${longest} octets`,
        remedy: 'use a hash, such as SHA-256 in hexadecimal',
      })),
}
