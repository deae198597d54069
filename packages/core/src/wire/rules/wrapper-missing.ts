import { topOf } from '../message.ts'
import type { JsonRule } from '../wire-rule.ts'

const wrappers = {
  tokens: { wrapper: 'SyncTokens', inside: ['DeclarationsToken', 'Timestamp'] },
  'declaration-items': {
    wrapper: 'Declarations',
    inside: ['Activations', 'Assets', 'Configurations', 'Management'],
  },
} as const

/** What belongs inside `SyncTokens` or `Declarations` stands at the top. */
export const wrapperMissing: JsonRule = {
  code: 'wrapper-missing',
  severity: 'error',
  finds: 'tokens without `SyncTokens` around them, or a manifest without `Declarations`',
  kinds: ['tokens', 'declaration-items'],
  check: (message) => {
    const top = topOf(message)
    const { wrapper, inside } = wrappers[message.kind === 'tokens' ? 'tokens' : 'declaration-items']
    const lowered = Object.keys(top).map((key) => key.toLowerCase())
    const loose = inside.find((key) => Object.hasOwn(top, key))
    if (loose === undefined || lowered.includes(wrapper.toLowerCase())) return []
    return [
      {
        at: `/${loose}`,
        atKey: true,
        message: `Cannot use ${loose} at the top: a device looks for it inside ${wrapper} only`,
        found: `/${loose}`,
        expected: `/${wrapper}/${loose}`,
        remedy: `put ${inside.join(', ')} inside "${wrapper}": {…}`,
      },
    ]
  },
}
