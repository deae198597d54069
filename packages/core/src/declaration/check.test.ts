import { describe, expect, it } from 'vitest'
import { activation, declaredOf, draftOf, passcode } from '../testing/declared-of.ts'
import { checkDeclaration } from './check.ts'

describe('checkDeclaration', () => {
  it('finds nothing against a declaration that is right', () => {
    const declared = { ...declaredOf({ drafts: [passcode('p')] }), settings: { subscription: { enabled: true } } }
    expect(checkDeclaration(activation('on', ['p'], '@status(passcode.is-present) == TRUE'), declared)).toEqual([])
  })

  it('shows every problem at once', () => {
    const draft = { ...activation('ön', ['gone'], '(('), extra: { Predicate: 'TRUEPREDICATE' } }
    expect(checkDeclaration(draft, declaredOf({})).map(({ code }) => code)).toEqual([
      'identifier-malformed',
      'predicate-misplaced',
      'syntax',
      'reference-missing',
    ])
  })

  it('says one thing of one mistake', () => {
    const declared = declaredOf({ drafts: [activation('on', ['p'])] })
    expect(checkDeclaration(draftOf('on', 'com.example.thing'), declared).map(({ code }) => code)).toEqual([
      'type-unknown',
    ])
  })
})
