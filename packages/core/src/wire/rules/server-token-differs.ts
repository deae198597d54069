import { topOf } from '../message.ts'
import { ownKey } from '../own-key.ts'
import type { JsonRule } from '../wire-rule.ts'

/** A declaration is served with the ServerToken under which the manifest listed it. */
export const serverTokenDiffers: JsonRule = {
  code: 'server-token-differs',
  severity: 'error',
  finds: 'a declaration with another `ServerToken` than the manifest says',
  kinds: ['declaration'],
  check: (message) => {
    const { asked, advertised } = message.beside
    const top = topOf(message)
    const name = asked?.identifier ?? ownKey(top, 'Identifier')
    const found = ownKey(top, 'ServerToken')
    const expected = typeof name === 'string' ? advertised?.get(name)?.serverToken : undefined
    if (typeof found !== 'string' || expected === undefined || found === expected) return []
    return [
      {
        at: '/ServerToken',
        message: 'Cannot tell which content a device holds: the manifest has another ServerToken for this declaration',
        found,
        expected,
        remedy: 'serve declarations from the state that the manifest was made of',
      },
    ]
  },
}
