import { expect, it } from 'vitest'
import { codes } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('finds a command, and a result, without a name', () => {
  expect(codes({ plist: { ...soundPlists.command, CommandUUID: '' } })).toEqual(['command-uuid-empty'])
  expect(codes({ plist: { ...soundPlists.result, CommandUUID: '' } })).toEqual(['command-uuid-empty'])
})

it('takes a name', () => {
  expect(codes({ plist: soundPlists.command })).toEqual([])
})
