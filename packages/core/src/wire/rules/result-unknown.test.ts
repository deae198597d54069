import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('finds another case', () => {
  expect(problems({ plist: { ...soundPlists.result, Status: 'acknowledged' } })).toMatchObject([
    { code: 'result-unknown', at: '/Status', remedy: 'write Acknowledged' },
  ])
})

it('takes what devices say', () => {
  expect(codes({ plist: soundPlists.result })).toEqual([])
  expect(codes({ plist: { Status: 'Idle', UDID: 'a' } })).toEqual([])
})
