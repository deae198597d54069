import { describe, expect, it } from 'vitest'
import { activation, declaredOf, mail, passcode, person } from '../testing/declared-of.ts'
import { closure } from './closure.ts'

const { declarations } = declaredOf({
  drafts: [person('ada'), mail('mail', 'ada'), passcode('p'), activation('on', ['mail', 'p', 'gone'])],
})

describe('closure', () => {
  it('adds what a declaration refers to, at any depth', () => {
    expect([...closure(['on'], declarations).keys()].sort()).toEqual(['ada', 'mail', 'on', 'p'])
  })

  it('does not go the other way', () => {
    expect([...closure(['ada'], declarations).keys()]).toEqual(['ada'])
  })

  it('has each declaration once and passes over what does not exist', () => {
    expect([...closure(['p', 'nothing', 'p'], declarations).keys()]).toEqual(['p'])
  })

  it('ends where declarations refer to themselves', () => {
    const round = declaredOf({ drafts: [mail('a', 'b'), mail('b', 'a')] }).declarations
    expect([...closure(['a'], round).keys()].sort()).toEqual(['a', 'b'])
  })
})
