import { expect, it } from 'vitest'
import { activation, declaredOf, draftOf, MAIL_TYPE, properties } from '../../testing/declared-of.ts'
import { problemsOf } from '../../testing/problems-of.ts'
import { propertySetNowhere } from './property-set-nowhere.ts'

const on = activation('on', ['p'], '(@property(role) == 1) AND (@property(floor) == 2)')
const declared = declaredOf({ drafts: [properties('a', { floor: 3 })] })

it('warns of a property that nobody sets', () => {
  expect(problemsOf(propertySetNowhere, on, declared, { properties: new Set(['name']) })).toMatchObject([
    { code: 'property-set-nowhere', severity: 'warning', at: '/Payload/Predicate', found: 'role' },
  ])
})

it('takes those that a declaration or an enrollment has, also a key inside one', () => {
  expect(problemsOf(propertySetNowhere, on, declared, { properties: new Set(['role']) })).toEqual([])
  const inside = activation('on', ['p'], '@property(role.main) == 1')
  expect(problemsOf(propertySetNowhere, inside, declared, { properties: new Set(['role']) })).toEqual([])
})

it('warns of one that a variable stands for, where that is', () => {
  const deep = [{ Other: '${property.floor}' }, '$property.name']
  const mail = draftOf('m', MAIL_TYPE, { VisibleName: '$property.room', Deep: deep })
  const found = problemsOf(propertySetNowhere, mail, declared, { properties: new Set(['name']) })
  expect(found).toMatchObject([{ code: 'property-set-nowhere', at: '/Payload/VisibleName', found: 'room' }])
})

it('says nothing while it is not known what enrollments have', () => {
  expect(problemsOf(propertySetNowhere, on, declared)).toEqual([])
})
