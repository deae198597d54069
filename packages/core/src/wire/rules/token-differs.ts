import { topOf } from '../message.ts'
import { ownKey } from '../own-key.ts'
import type { JsonRule } from '../wire-rule.ts'

/**
 * The manifest's token is the one that tokens announced. A device keeps that of the manifest, so another one makes it fetch the
 * manifest at every synchronization.
 */
export const tokenDiffers: JsonRule = {
  code: 'token-differs',
  severity: 'error',
  finds: 'a manifest with another `DeclarationsToken` than the tokens beside it',
  kinds: ['declaration-items'],
  check: (message) => {
    const found = ownKey(topOf(message), 'DeclarationsToken')
    const expected = message.beside.declarationsToken
    if (expected === undefined || typeof found !== 'string' || found === expected) return []
    return [
      {
        at: '/DeclarationsToken',
        message: 'Cannot tell that a device is up to date: the manifest has another DeclarationsToken than the tokens',
        found,
        expected,
        remedy: 'make the token once, from what the manifest lists, and answer both with it',
      },
    ]
  },
}
