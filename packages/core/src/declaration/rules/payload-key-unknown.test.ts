import { expect, it } from 'vitest'
import { draftOf, PASSCODE_TYPE, properties } from '../../testing/declared-of.ts'
import { payloadProblems } from '../../testing/problems-of.ts'
import { payloadKeyUnknown } from './payload-key-unknown.ts'

const passcode = (payload: Record<string, number>) =>
  payloadProblems(payloadKeyUnknown, draftOf('p', PASSCODE_TYPE, payload))

it('refuses a key that the type does not have, and offers the nearest', () => {
  expect(passcode({ MinimumLenght: 6, 'a/b': 1 })).toMatchObject([
    {
      code: 'payload-key-unknown',
      severity: 'error',
      at: '/Payload/MinimumLenght',
      remedy: 'perhaps MinimumLength was meant',
    },
    { code: 'payload-key-unknown', at: '/Payload/a~1b', remedy: 'take a/b out' },
  ])
})

it('refuses keys that every object has', () => {
  const problems = passcode(JSON.parse('{"constructor": 1, "__proto__": 2}'))
  expect(problems.map(({ found }) => found)).toEqual(['constructor', '__proto__'])
})

it('takes known keys, any key where keys are free, and any key of a type that the catalogue does not know', () => {
  expect(passcode({ MinimumLength: 6 })).toEqual([])
  expect(payloadProblems(payloadKeyUnknown, properties('x', { role: 'head', Payload: 1 }))).toEqual([])
  expect(payloadProblems(payloadKeyUnknown, draftOf('x', 'com.apple.configuration.of.tomorrow', { a: 1 }))).toEqual([])
})

it('looks into folders of folders, also where the table contains itself', () => {
  const folder = (depth: number): object => (depth === 0 ? { Titel: 'x' } : { Title: 'x', Folder: [folder(depth - 1)] })
  const draft = draftOf('b', 'com.apple.configuration.safari.bookmarks', {
    ManagedBookmarks: [{ GroupIdentifier: 'g', Title: 'g', Bookmarks: JSON.parse(JSON.stringify([folder(9)])) }],
  })
  const at = `/Payload/ManagedBookmarks/0/Bookmarks/0${'/Folder/0'.repeat(9)}/Titel`
  expect(payloadProblems(payloadKeyUnknown, draft)).toMatchObject([{ at, remedy: 'perhaps Title was meant' }])
})
