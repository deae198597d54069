import { describe, expect, it } from 'vitest'
import { activation, declaredOf, draftOf } from '../../testing/declared-of.ts'
import type { Draft } from '../draft.ts'
import { versionOf } from '../draft.ts'
import { predicateValid } from './predicate-valid.ts'

const check = (draft: Draft) => predicateValid({ draft, version: versionOf(draft, undefined), before: declaredOf({}) })
const problems = (predicate: string) => check(activation('on', ['p'], predicate))

describe('a Predicate', () => {
  it.each([
    '@status(passcode.is-compliant) == TRUE',
    "@property(role) IN {'teacher', 'head'}",
    "SUBQUERY(@status(mdm.app), $app, $app.@key(identifier) == 'com.example.app').@count == 1",
  ])('may be %s', (predicate) => {
    expect(problems(predicate)).toEqual([])
  })

  it('may be absent', () => {
    expect(check(activation('on', ['p']))).toEqual([])
  })

  it('is refused where it does not parse, with the place', () => {
    expect(problems('@status(passcode.is-compliant) ==')).toMatchObject([
      { code: 'predicate-invalid', severity: 'error', at: '/Payload/Predicate:1:34' },
    ])
  })

  it('is refused where it names no known status item, and the nearest is offered', () => {
    const [problem] = problems('@status(passcode.is-complaint) == TRUE')
    expect(problem).toMatchObject({ code: 'predicate-invalid', severity: 'error', found: 'passcode.is-complaint' })
    expect(problem?.remedy).toContain('passcode.is-compliant')
  })

  it('is refused where AND stands beside OR without parentheses, and the rewrite is offered', () => {
    const [problem] = problems('@property(a) == 1 AND @property(b) == 2 OR @property(c) == 3')
    expect(problem).toMatchObject({
      code: 'predicate-invalid',
      severity: 'error',
      remedy: 'write (@property(a) == 1 AND @property(b) == 2) OR @property(c) == 3',
    })
  })

  it('is refused where it is no text', () => {
    const draft = draftOf('on', 'com.apple.activation.simple', { StandardConfigurations: ['p'], Predicate: true })
    expect(check(draft)).toMatchObject([{ code: 'predicate-invalid', message: 'Cannot read Predicate: it is boolean' }])
  })

  it('means nothing in another kind of declaration', () => {
    expect(check(draftOf('x', 'com.apple.management.properties', { Predicate: '((' }))).toEqual([])
  })
})
