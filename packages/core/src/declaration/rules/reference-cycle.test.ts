import { expect, it } from 'vitest'
import { activation, declaredOf, mail, person } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { referenceCycle } from './reference-cycle.ts'

it('refuses references that lead back to where they began, and shows the way', () => {
  const declared = declaredOf({ drafts: [mail('a', 'b'), mail('b', 'c'), mail('c', 'a')] })
  expect(problemsOf(referenceCycle, mail('a', 'b'), declared)).toMatchObject([
    { code: 'reference-cycle', severity: 'error', at: '/Payload/UserIdentityAssetReference', found: 'a → b → c → a' },
  ])
  expect(problemsOf(referenceCycle, activation('on', ['on']), declared)).toMatchObject([{ found: 'on → on' }])
})

it('takes references that end, also past a circle of others', () => {
  const declared = declaredOf({ drafts: [mail('m', 'ada'), person('ada'), mail('b', 'c'), mail('c', 'b')] })
  expect(problemsOf(referenceCycle, activation('on', ['m', 'b']), declared)).toEqual([])
})
