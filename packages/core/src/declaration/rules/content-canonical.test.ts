import { expect, it } from 'vitest'
import { declaredOf, draftOf, passcode } from '../../testing/declared-of.ts'
import { checkDeclaration } from '../check.ts'
import { contentCanonical } from './content-canonical.ts'

it('refuses what has no canonical text, before anything is made of it', () => {
  expect(contentCanonical(passcode('p'))).toEqual([])
  expect(
    contentCanonical(draftOf('\ud800', 'com.apple.configuration.\ud800', { a: '\ud800', b: 2 ** 60 })),
  ).toMatchObject([
    { code: 'identifier-malformed', at: '/Identifier' },
    { code: 'type-unknown', at: '/Type' },
    { code: 'payload-malformed', at: '/Payload/a' },
    { code: 'number-too-large', at: '/Payload/b' },
  ])
  expect(checkDeclaration(passcode('\ud800'), declaredOf({})).map(({ code }) => code)).toEqual(['identifier-malformed'])
})
