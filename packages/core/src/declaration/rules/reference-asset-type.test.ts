import { expect, it } from 'vitest'
import { declaredOf, mail, passcode, person } from '../../testing/declared-of.ts'
import { exampleGround } from '../../testing/example-payload.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { referenceAssetType } from './reference-asset-type.ts'

it('refuses an asset of a type that the key does not take', () => {
  expect(problemsOf(referenceAssetType, mail('m', 'example.data'), exampleGround())).toMatchObject([
    {
      code: 'reference-asset-type',
      severity: 'error',
      at: '/Payload/UserIdentityAssetReference',
      found: 'com.apple.asset.data',
      expected: 'com.apple.asset.useridentity',
    },
  ])
})

it('takes one of the right type, and leaves other kinds and what is missing to other rules', () => {
  const declared = declaredOf({ drafts: [person('ada'), passcode('p')] })
  for (const to of ['ada', 'p', 'gone']) expect(problemsOf(referenceAssetType, mail('m', to), declared)).toEqual([])
})
