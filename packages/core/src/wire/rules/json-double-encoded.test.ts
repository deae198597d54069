import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

it('finds JSON in a JSON string, and looks at what is inside', () => {
  const inside = JSON.stringify({ SyncTokens: { DeclarationsToken: 'd1' } })
  expect(codes(JSON.stringify(inside))).toEqual(['json-double-encoded', 'key-missing'])
})

it('takes JSON that was encoded once', () => {
  expect(codes(json(sound.tokens))).toEqual([])
})
