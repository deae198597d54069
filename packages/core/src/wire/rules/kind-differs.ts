import { kindOf } from '@edict/catalogue'
import { type JsonMessage, topOf } from '../message.ts'
import { ownKey } from '../own-key.ts'
import type { JsonRule } from '../wire-rule.ts'

/** A declaration is of the kind that the device asked for, or the manifest lists it as: the third part of its Type. */
export const kindDiffers: JsonRule = {
  code: 'kind-differs',
  severity: 'error',
  finds: 'a declaration whose `Type` is of another kind than was asked for, or than the manifest says',
  kinds: ['declaration', 'draft'],
  check: (message) => {
    const type = ownKey(topOf(message), 'Type')
    const kind = typeof type === 'string' ? kindOf(type) : undefined
    const expected = expectedKind(message)
    if (kind === undefined || expected === undefined || kind === expected.kind) return []
    return [
      {
        at: '/Type',
        message: `Cannot load ${type} as ${expected.kind}: it is of another kind`,
        found: kind,
        expected: `${expected.kind}, as ${expected.by}`,
        remedy: 'take the kind from the Type wherever it is used',
      },
    ]
  },
}

function expectedKind(message: JsonMessage) {
  const { asked, advertised } = message.beside
  if (asked !== undefined) return { kind: asked.declaration, by: 'the Endpoint asks' }
  const identifier = ownKey(topOf(message), 'Identifier')
  const listed = typeof identifier === 'string' ? advertised?.get(identifier) : undefined
  return listed === undefined ? undefined : { kind: listed.kind, by: 'the manifest lists it' }
}
