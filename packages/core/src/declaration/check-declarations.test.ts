import { describe, expect, it } from 'vitest'
import { activation, declaredOf, draftOf, passcode, properties } from '../testing/declared-of.ts'
import { checkDeclarations } from './check-declarations.ts'
import type { Draft } from './draft.ts'

const codes = (drafts: readonly Draft[], options: Parameters<typeof checkDeclarations>[1] = {}) =>
  checkDeclarations(drafts, options).map((problems) => problems.map(({ code }) => code))

describe('checkDeclarations', () => {
  it('lets drafts refer to each other in any order', () => {
    expect(codes([activation('on', ['p']), passcode('p')])).toEqual([[], []])
    expect(codes([activation('on', ['q']), passcode('p')])).toEqual([
      ['reference-missing'],
      ['configuration-without-activation'],
    ])
  })

  it('knows what is declared beside them', () => {
    const before = declaredOf({ drafts: [passcode('p')] })
    expect(codes([activation('on', ['p'])], { before })).toEqual([[]])
  })

  it('refuses an Identifier that stands twice, at the second', () => {
    expect(codes([activation('on', ['p']), passcode('p'), passcode('p', 8)])).toEqual([
      [],
      [],
      ['identifier-duplicate'],
    ])
  })

  it('goes on past what cannot be read at all', () => {
    expect(codes([draftOf('\ud800', 'com.apple.management.properties'), passcode('p')])).toEqual([
      ['identifier-malformed'],
      ['configuration-without-activation'],
    ])
  })

  it('warns of what may meet on a device, and refuses what does', () => {
    const drafts = [properties('a', { role: 1 }), properties('b', { role: 2 })]
    const severities = (sets?: Record<string, string[]>) =>
      checkDeclarations(drafts, sets === undefined ? {} : { sets }).map((problems) => problems.map((p) => p.severity))
    expect(severities()).toEqual([[], ['warning']])
    expect(severities({ one: ['a'], other: ['b'] })).toEqual([[], []])
    expect(severities({ one: ['a', 'b'], other: ['b', 'a'] })).toEqual([[], ['error']])
  })

  it('warns of properties and status items that nothing offline provides', () => {
    const on = activation('on', ['p'], '(@property(role) == 1) AND (@status(passcode.is-present) == TRUE)')
    expect(codes([on, passcode('p')])).toEqual([['property-set-nowhere', 'predicate-item-unsubscribed'], []])
    expect(codes([on, passcode('p')], { properties: new Set(['role']) })).toEqual([['predicate-item-unsubscribed'], []])
  })
})
