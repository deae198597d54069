import { expect, it } from 'vitest'
import { activation, draftOf, PASSCODE_TYPE } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { quotesCurly } from './quotes-curly.ts'

const predicate = (source: string) => problemsOf(quotesCurly, activation('on', ['p'], source))

it('refuses typographic quotes around what a predicate compares with, and offers straight ones', () => {
  expect(predicate('@property(role) == “head”')).toMatchObject([
    {
      code: 'quotes-curly',
      severity: 'error',
      at: '/Payload/Predicate',
      remedy: 'write @property(role) == "head"',
    },
  ])
})

it('refuses keys that carry them', () => {
  expect(problemsOf(quotesCurly, draftOf('p', PASSCODE_TYPE, { '“MinimumLength”': 6 }))).toMatchObject([
    { at: '/Payload/“MinimumLength”', remedy: 'write MinimumLength' },
  ])
})

it('takes them inside text, and leaves to other rules what straight quotes do not mend', () => {
  expect(predicate('@property(name) == "Ada’s iPad"')).toEqual([])
  expect(predicate('(( “')).toEqual([])
  expect(problemsOf(quotesCurly, draftOf('p', PASSCODE_TYPE, { MinimumLength: 6 }))).toEqual([])
})
