import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'

it('says that something is no message', () => {
  expect(codes('{"name": "edict"}')).toEqual(['message-unknown'])
  expect(codes({ plist: { name: 'edict' } })).toEqual(['message-unknown'])
})

it('does not take the members of a set for a manifest', () => {
  expect(codes('{"declarations": ["wifi", "wifi-on"]}')).toEqual(['message-unknown'])
})

it('looks at something unknown as what it should be', () => {
  expect(codes('{}', { kind: 'tokens' })).toEqual(['key-missing'])
})
