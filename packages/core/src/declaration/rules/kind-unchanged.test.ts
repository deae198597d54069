import { expect, it } from 'vitest'
import { declaredOf, draftOf, passcode, person } from '../../testing/declared-of.ts'
import { versionOf } from '../draft.ts'
import { kindUnchanged } from './kind-unchanged.ts'

const problems = (identifier: string, type: string) => {
  const draft = draftOf(identifier, type)
  const before = declaredOf({ drafts: [passcode('p'), person('ada')] })
  return kindUnchanged({ draft, version: versionOf(draft, before.declarations.get(identifier)), before })
}

it('refuses an Identifier that is taken by another kind', () => {
  expect(problems('ada', 'com.apple.configuration.passcode.settings')).toMatchObject([
    { code: 'identifier-kind-changed', severity: 'error', message: 'Cannot make ada a configuration: it is an asset' },
  ])
})

it('lets a declaration change its Type within its kind, and new ones have any', () => {
  expect(problems('p', 'com.apple.configuration.legacy')).toEqual([])
  expect(problems('new', 'com.apple.management.properties')).toEqual([])
})

it('says nothing of a Type that has no kind', () => {
  expect(problems('ada', 'com.example.thing')).toEqual([])
})
