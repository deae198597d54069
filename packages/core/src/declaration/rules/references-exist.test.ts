import { expect, it } from 'vitest'
import { activation, declaredOf, mail, passcode } from '../../testing/declared-of.ts'
import type { Draft } from '../draft.ts'
import { versionOf } from '../draft.ts'
import { referencesExist } from './references-exist.ts'

const before = declaredOf({ drafts: [passcode('passcode')] })
const problems = (draft: Draft) => referencesExist({ draft, version: versionOf(draft, undefined), before })

it('refuses a reference to nothing, with its place and the Identifier that was probably meant', () => {
  expect(problems(activation('on', ['passcode', 'pascode', 'elsewhere']))).toMatchObject([
    {
      code: 'reference-missing',
      severity: 'error',
      at: '/Payload/StandardConfigurations/1',
      found: 'pascode',
      remedy: 'perhaps passcode was meant; otherwise put pascode first',
    },
    { code: 'reference-missing', at: '/Payload/StandardConfigurations/2', remedy: 'put elsewhere first' },
  ])
  expect(problems(mail('mail', 'nobody'))).toMatchObject([{ at: '/Payload/UserIdentityAssetReference' }])
})

it('takes references to what exists', () => {
  expect(problems(activation('on', ['passcode']))).toEqual([])
})

it('leaves a reference to itself to the rule about kinds', () => {
  expect(problems(activation('on', ['on']))).toEqual([])
})
