import { expect, it } from 'vitest'
import { activation, declaredOf, mail, passcode, person, properties } from '../../testing/declared-of.ts'
import type { Draft } from '../draft.ts'
import { versionOf } from '../draft.ts'
import { referencesHaveKind } from './references-have-kind.ts'

const before = declaredOf({ drafts: [passcode('passcode'), person('ada'), properties('role', { role: 1 })] })
const problems = (draft: Draft) => referencesHaveKind({ draft, version: versionOf(draft, undefined), before })

it('refuses an activation that lists anything but configurations', () => {
  expect(problems(activation('on', ['passcode', 'ada', 'role', 'on']))).toMatchObject([
    { code: 'activation-references', message: 'Cannot refer to ada: it is an asset' },
    {
      code: 'activation-references',
      message: 'Cannot refer to role: it is a management declaration',
      remedy: 'put it into the set by itself: management declarations need no activation',
    },
    { code: 'activation-references', message: 'Cannot refer to on: it is an activation' },
  ])
})

it('refuses an asset key that names no asset', () => {
  expect(problems(mail('mail', 'passcode'))).toMatchObject([{ code: 'reference-kind', expected: 'an asset' }])
})

it('takes references of the right kind, and leaves missing ones to their own rule', () => {
  expect(problems(mail('mail', 'ada'))).toEqual([])
  expect(problems(activation('on', ['passcode', 'nothing']))).toEqual([])
})
