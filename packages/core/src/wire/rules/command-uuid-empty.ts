import { ownKey } from '../own-key.ts'
import type { PlistRule } from '../wire-rule.ts'

/** Results are told apart by CommandUUID alone. */
export const commandUuidEmpty: PlistRule = {
  code: 'command-uuid-empty',
  severity: 'error',
  finds: 'a `CommandUUID` that is an empty string',
  plists: ['command', 'connect'],
  check: ({ root }) =>
    ownKey(root, 'CommandUUID') === ''
      ? [
          {
            at: '/CommandUUID',
            message: 'Cannot match a result to its command: CommandUUID is empty',
            found: '',
            expected: 'a name that no other command of this channel has, such as a UUID',
          },
        ]
      : [],
}
