import { expect, it } from 'vitest'
import { found, octets, problems } from '../testing/found.ts'
import { json, sound, soundPlists } from '../testing/sound.ts'

it('warns of Data where nothing is sent', () => {
  const plist = { ...soundPlists.asking, Data: octets(json(sound.tokens)) }
  expect(problems({ plist })).toMatchObject([{ code: 'data-unexpected', severity: 'warning', at: '/Data' }])
})

it('takes an Endpoint alone', () => {
  expect(found('data-unexpected', { plist: soundPlists.asking })).toEqual([])
})
