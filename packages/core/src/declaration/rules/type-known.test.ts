import { describe, expect, it } from 'vitest'
import { declaredOf, draftOf } from '../../testing/declared-of.ts'
import { versionOf } from '../draft.ts'
import { typeKnown } from './type-known.ts'

const problems = (type: string) => {
  const draft = draftOf('x', type)
  return typeKnown({ draft, version: versionOf(draft, undefined), before: declaredOf({}) })
}

describe('a Type', () => {
  it('says its kind in the third segment, also when the catalogue does not know it', () => {
    expect(problems('com.apple.configuration.passcode.settings')).toEqual([])
    expect(problems('com.apple.asset.of.tomorrow')).toEqual([])
  })

  it.each(['', 'com.apple.profile.wifi', 'com.example.configuration.x', 'configuration', 'com.apple.configuration'])(
    'is refused as %j',
    (type) => {
      expect(problems(type)).toMatchObject([{ code: 'type-unknown', severity: 'error', at: '/Type', found: type }])
    },
  )

  it('that is nearly right is answered with the one that was probably meant', () => {
    expect(problems('com.apple.configurations.passcode.settings')[0]?.remedy).toBe(
      'perhaps com.apple.configuration.passcode.settings was meant',
    )
  })
})
