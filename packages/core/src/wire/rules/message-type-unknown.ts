import { checkIns, nearest } from '@edict/catalogue'
import { ownKey } from '../own-key.ts'
import type { PlistRule } from '../wire-rule.ts'

/** A check-in that Apple's schema has, in its case. */
export const messageTypeUnknown: PlistRule = {
  code: 'message-type-unknown',
  severity: 'error',
  finds: 'a `MessageType` that no check-in has, or in another case',
  plists: ['check-in'],
  check: ({ root }) => {
    const name = ownKey(root, 'MessageType')
    if (typeof name !== 'string' || checkIns.has(name)) return []
    const near = nearest(name, checkIns.keys())
    return [
      {
        at: '/MessageType',
        message: `Cannot tell the check-in: there is no MessageType ${name.slice(0, 80)}`,
        found: name.slice(0, 80),
        expected: [...checkIns.keys()].join(', '),
        ...(near === undefined ? {} : { remedy: `write ${near}` }),
      },
    ]
  },
}
