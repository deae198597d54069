import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('finds another case', () => {
  expect(problems({ plist: { ...soundPlists.asking, MessageType: 'declarativemanagement' } })).toMatchObject([
    { code: 'message-type-unknown', at: '/MessageType', remedy: 'write DeclarativeManagement' },
  ])
})

it('takes a check-in', () => {
  expect(codes({ plist: soundPlists.asking })).toEqual([])
})
