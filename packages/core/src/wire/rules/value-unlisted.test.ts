import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('warns of a value that is in no list, with the one that was meant', () => {
  const plist = { ...soundPlists.tokenUpdate, MessageType: 'GetToken', TokenServiceType: 'com.apple.mait' }
  expect(problems({ plist })).toMatchObject([
    {
      code: 'value-unlisted',
      severity: 'warning',
      at: '/TokenServiceType',
      remedy: 'perhaps com.apple.maid was meant',
    },
  ])
})

it('takes one that is listed', () => {
  const plist = { ...soundPlists.tokenUpdate, MessageType: 'GetToken', TokenServiceType: 'com.apple.maid' }
  expect(codes({ plist })).toEqual([])
})
