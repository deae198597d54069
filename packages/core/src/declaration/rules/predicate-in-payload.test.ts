import { expect, it } from 'vitest'
import { activation, declaredOf } from '../../testing/declared-of.ts'
import { versionOf } from '../draft.ts'
import { predicateInPayload } from './predicate-in-payload.ts'

const problems = (extra: Readonly<Record<string, string>>, predicate?: string) => {
  const draft = { ...activation('on', ['p'], predicate), extra }
  return predicateInPayload({ draft, version: versionOf(draft, undefined), before: declaredOf({}) })
}

it('refuses a Predicate beside Payload: a device would ignore it and the activation be unconditional', () => {
  expect(problems({ Predicate: 'FALSEPREDICATE' })).toMatchObject([
    { code: 'predicate-misplaced', severity: 'error', at: '/Predicate', remedy: 'move Predicate into Payload' },
  ])
})

it('takes one inside Payload', () => {
  expect(problems({}, 'FALSEPREDICATE')).toEqual([])
})
