import { topOf } from '../message.ts'
import { ownKey } from '../own-key.ts'
import type { JsonRule } from '../wire-rule.ts'

/** The declaration that was asked for comes, under its own name. */
export const identifierDiffers: JsonRule = {
  code: 'identifier-differs',
  severity: 'error',
  finds: 'a declaration with another `Identifier` than was asked for, or that the manifest beside it does not list',
  kinds: ['declaration'],
  check: (message) => {
    const identifier = ownKey(topOf(message), 'Identifier')
    if (typeof identifier !== 'string') return []
    const { asked, advertised } = message.beside
    if (asked !== undefined && asked.identifier !== identifier) {
      return [
        {
          at: '/Identifier',
          message: `Cannot answer for ${asked.identifier} with ${identifier}: a device asked for the former`,
          found: identifier,
          expected: asked.identifier,
        },
      ]
    }
    if (asked !== undefined || advertised === undefined || advertised.has(identifier)) return []
    return [
      {
        at: '/Identifier',
        message: `Cannot find ${identifier} in the manifest: no device would ask for it`,
        found: identifier,
        expected: 'an Identifier that the manifest lists',
        severity: 'warning',
      },
    ]
  },
}
