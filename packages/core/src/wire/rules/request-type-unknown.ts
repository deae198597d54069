import { commands, nearest } from '@edict/catalogue'
import { ownKey } from '../own-key.ts'
import { isDictionary } from '../walk-shape.ts'
import type { PlistRule } from '../wire-rule.ts'

/** A command that Apple's schema has, in its case: a device answers others with an error, or with CommandFormatError. */
export const requestTypeUnknown: PlistRule = {
  code: 'request-type-unknown',
  severity: 'error',
  finds: 'a `RequestType` that no command has, or in another case',
  plists: ['command'],
  check: ({ root }) => {
    const command = ownKey(root, 'Command')
    const name = isDictionary(command) ? ownKey(command, 'RequestType') : undefined
    if (typeof name !== 'string' || commands.has(name)) return []
    const near = nearest(name, commands.keys())
    return [
      {
        at: '/Command/RequestType',
        message: `Cannot tell the command: there is no RequestType ${name.slice(0, 80)}`,
        found: name.slice(0, 80),
        expected: near ?? "a RequestType of Apple's schema, such as DeclarativeManagement",
        ...(near === undefined ? {} : { remedy: `write ${near}` }),
      },
    ]
  },
}
