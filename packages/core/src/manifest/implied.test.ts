import { expect, it } from 'vitest'
import { activation, declaredOf, mail, person } from '../testing/declared-of.ts'
import { impliedBy } from './implied.ts'

it('names what comes along with a list of declarations, sorted, without the list itself', () => {
  const declared = declaredOf({ drafts: [person('ada'), mail('mail', 'ada'), activation('on', ['mail'])] })
  expect(impliedBy(['on'], declared)).toEqual(['ada', 'mail'])
  expect(impliedBy(['on', 'mail'], declared)).toEqual(['ada'])
  expect(impliedBy(['ada'], declared)).toEqual([])
})
