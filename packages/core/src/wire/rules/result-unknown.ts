import { nearest } from '@edict/catalogue'
import { ownKey } from '../own-key.ts'
import type { PlistRule } from '../wire-rule.ts'

const known = ['Idle', 'Acknowledged', 'Error', 'CommandFormatError', 'NotNow']

/** What a device may say of a command. */
export const resultUnknown: PlistRule = {
  code: 'result-unknown',
  severity: 'error',
  finds: 'a `Status` of a connect message that no device says, or in another case',
  plists: ['connect'],
  check: ({ root }) => {
    const status = ownKey(root, 'Status')
    if (typeof status !== 'string' || known.includes(status)) return []
    const near = nearest(status, known)
    return [
      {
        at: '/Status',
        message: `Cannot tell the result: there is no Status ${status.slice(0, 80)}`,
        found: status.slice(0, 80),
        expected: known.join(', '),
        ...(near === undefined ? {} : { remedy: `write ${near}` }),
      },
    ]
  },
}
