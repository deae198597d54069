import { expect, it } from 'vitest'
import { codes, found, octets } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const command = (Data: Uint8Array) => ({
  plist: { CommandUUID: 'u', Command: { RequestType: 'DeclarativeManagement', Data } },
})

it('finds Base64 of Base64', () => {
  expect(codes(command(octets(btoa(json(sound.tokens)))))).toEqual(['data-encoded-twice'])
})

it('takes tokens, and finds what is wrong with them', () => {
  expect(codes(command(octets(json(sound.tokens))))).toEqual([])
  expect(found('timestamp-fraction', command(octets(json(sound.tokens).replace('00Z', '00.5Z'))))).toEqual([
    '/Command/Data/SyncTokens/Timestamp 12:3',
  ])
  expect(codes(command(octets(json(sound.manifest))))).toEqual(['message-not-asked'])
  expect(codes(command(octets('')))).toEqual(['body-empty'])
})
