import { describe, expect, it } from 'vitest'
import { declaredOf, passcode } from '../../testing/declared-of.ts'
import { versionOf } from '../draft.ts'
import { identifierWellFormed } from './identifier-well-formed.ts'

const codes = (identifier: string) => {
  const draft = passcode(identifier)
  return identifierWellFormed({ draft, version: versionOf(draft, undefined), before: declaredOf({}) }).map(
    ({ code }) => code,
  )
}

describe('an Identifier', () => {
  it.each(['a', 'com.example.wifi', 'A-Z_0.9', 'x'.repeat(64), '...', 'edict'])('may be %s', (identifier) => {
    expect(codes(identifier)).toEqual([])
  })

  it.each(['', 'x'.repeat(65), 'a b', 'a/b', 'a:b', 'wïfi', '.', '..', 'a\n', 'a%20b'])(
    'may not be %j',
    (identifier) => {
      expect(codes(identifier)).toEqual(['identifier-malformed'])
    },
  )

  it('may not begin as those of Edict itself do', () => {
    expect(codes('edict.properties')).toEqual(['identifier-reserved'])
  })
})
